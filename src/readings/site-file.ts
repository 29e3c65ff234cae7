import { type Document, type LineCounter, stringify } from 'yaml'
import type { Site } from './asset.js'
import { type BearingLookup, noCatalogue, unknownBearings } from './site-file-bearing.js'
import { danglingReferences, type PlacedProblem, problemsOf } from './site-file-check.js'
import { fileFault, lineAt, type SiteFileProblem } from './site-file-problem.js'
import { siteFileSchema } from './site-file-schema.js'
import { assetEntry, assetOf, sensorEntry, sensorOf } from './site-file-words.js'
import { readYamlFile } from './yaml-file.js'

export const MAX_SITE_FILE_BYTES = 1024 * 1024

/**
 * Reads a site file.
 * @param fileName  only for the error.
 * @param lookup  where the geometry of a bearing comes from that is only named.
 * @throws Fault SITE_FILE_INVALID that lists every problem with line, key, what was expected, what was found and a good example.
 */
export function parseSiteFile(text: string, fileName: string, lookup: BearingLookup = noCatalogue): Site {
  const { document, lines, value } = readYamlFile(text, {
    fileName,
    maxBytes: MAX_SITE_FILE_BYTES,
    code: 'SITE_FILE_INVALID',
    example: 'site: demo-plant',
  })
  const read = siteFileSchema.safeParse(value)
  const problems = read.success
    ? [...danglingReferences(read.data), ...unknownBearings(read.data, lookup)]
    : read.error.issues.flatMap((issue) => problemsOf(issue, value))
  if (problems.length > 0 || !read.success) throw fileFault('SITE_FILE_INVALID', fileName, problems.map(placeIn(document, lines)))
  return {
    name: read.data.site,
    assets: Object.entries(read.data.assets ?? {}).map(([key, entry]) => assetOf(key, entry ?? {}, lookup)),
    sensors: Object.entries(read.data.sensors ?? {}).map(([key, entry]) => sensorOf(key, entry)),
    ...(read.data.layouts === undefined ? {} : { layouts: read.data.layouts }),
  }
}

/** Prints a site so that `parseSiteFile` gives the same one back. */
export function formatSiteFile(site: Site): string {
  const file = {
    site: site.name,
    assets: Object.fromEntries(site.assets.map((asset) => [asset.key, assetEntry(asset)])),
    sensors: Object.fromEntries(site.sensors.map((sensor) => [sensor.key, sensorEntry(sensor)])),
    ...(site.layouts === undefined ? {} : { layouts: site.layouts }),
  }
  return stringify(file, { lineWidth: 0, aliasDuplicateObjects: false })
}

function placeIn(document: Document, lines: LineCounter): (problem: PlacedProblem) => SiteFileProblem {
  return ({ path, ...problem }) => ({ ...problem, line: lineAt(document, lines, path) })
}
