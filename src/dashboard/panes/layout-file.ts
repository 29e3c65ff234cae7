import { z } from 'zod'
import { VIEW_IDS } from '../views/view-id.js'
import { isLayoutName } from './layout-name.js'
import { MOST_PANES, SMALLEST_SHARE } from './pane-tree.js'
import type { LayoutFile, SavedTree } from './saved-layout.js'

const savedTree: z.ZodType<SavedTree> = z.lazy(() =>
  z.union([
    z.strictObject({ view: z.enum(VIEW_IDS), state: z.unknown().optional() }),
    z.strictObject({
      along: z.enum(['rows', 'columns']),
      share: z
        .number()
        .min(SMALLEST_SHARE)
        .max(1 - SMALLEST_SHARE),
      sized: z.literal('by-hand').optional(),
      first: savedTree,
      second: savedTree,
    }),
  ]),
)

/** What a layout file holds; at most 16 panes. */
export const layoutFileSchema: z.ZodType<LayoutFile> = z
  .strictObject({
    schema: z.literal('chatterfix/layout/1'),
    name: z.string().refine(isLayoutName, { message: 'no name for a layout' }),
    root: savedTree,
  })
  .refine(({ root }) => countPanes(root) <= MOST_PANES, { message: `more than ${MOST_PANES} panes`, path: ['root'] })

function countPanes(tree: SavedTree): number {
  return 'view' in tree ? 1 : countPanes(tree.first) + countPanes(tree.second)
}
