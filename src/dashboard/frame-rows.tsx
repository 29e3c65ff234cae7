import { Text } from 'ink'
import { memo, type ReactElement } from 'react'

/** A frame: one `<Text>` a row, already painted and padded. */
export function FrameRows({ rows }: { readonly rows: readonly string[] }): ReactElement {
  // A row of the screen has no identity but its place.
  return (
    <>
      {rows
        .map((row, place) => ({ row, place }))
        .map(({ row, place }) => (
          <FrameRow key={place} row={row} />
        ))}
    </>
  )
}

const FrameRow = memo(function FrameRow({ row }: { readonly row: string }): ReactElement {
  return <Text wrap="truncate">{row}</Text>
})
