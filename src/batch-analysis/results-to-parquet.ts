import { rename, rm, stat } from 'node:fs/promises'
import { openDuckdb } from '../recordings/duckdb-session.js'
import { sqlText } from '../recordings/sql-text.js'

const MEMORY_MB = 512
/** Column, where it stands in a line, its type. */
const COLUMNS = [
  ['path', '$.path', 'VARCHAR'],
  ['channel', '$.channel', 'VARCHAR'],
  ['sample_rate_hz', '$.sampleRateHz', 'DOUBLE'],
  ['duration_s', '$.durationS', 'DOUBLE'],
  ['shaft_speed_rpm', '$.shaftSpeedRpm', 'DOUBLE'],
  ['acceleration_rms_m_per_s2', '$.overall.accelerationRmsMPerS2', 'DOUBLE'],
  ['velocity_rms_mm_per_s', '$.overall.velocityRmsMmPerS', 'DOUBLE'],
  ['crest_factor', '$.overall.crestFactor', 'DOUBLE'],
  ['kurtosis', '$.overall.kurtosis', 'DOUBLE'],
  ['zone', '$.severity.zone', 'VARCHAR'],
  ['bearing_verdict', '$.bearing.verdict', 'VARCHAR'],
  ['bearing_confidence', '$.bearing.confidence', 'DOUBLE'],
  ['bearing_best', '$.bearing.ranking[0].fault', 'VARCHAR'],
  ['bearing_best_score', '$.bearing.ranking[0].score', 'DOUBLE'],
  ['band_centre_hz', '$.bearing.band.centreHz', 'DOUBLE'],
  ['band_width_hz', '$.bearing.band.widthHz', 'DOUBLE'],
  ['band_kurtosis', '$.bearing.band.kurtosis', 'DOUBLE'],
  ['error', '$.error.code', 'VARCHAR'],
] as const

/** The lines as a table, a row a channel, the last of each file; findings as a list of their codes, the whole line as `json`. */
export async function resultsToParquet(lines: string, out: string): Promise<void> {
  const session = await openDuckdb({ memoryLimitMb: MEMORY_MB })
  const temporary = `${out}.part`
  try {
    const columns = COLUMNS.map(([name, path, type]) => `try_cast(json->>'${path}' AS ${type}) AS ${name}`).join(', ')
    // An empty file of lines is no error: nothing was found.
    const isEmpty = (await stat(lines)).size === 0
    const source = isEmpty
      ? `(SELECT NULL::JSON AS json, 0 AS n WHERE false)`
      : `(SELECT json, row_number() OVER () AS n FROM read_ndjson_objects(${sqlText(lines.replaceAll(/[[*?]/g, '[$&]'))}, maximum_object_size = 67108864))`
    await session.connection.run(
      `COPY (SELECT ${columns}, json->>'$.findings[*].code' AS findings, json::VARCHAR AS json
         FROM ${source} WHERE json->>'$.path' IS NOT NULL
         QUALIFY json->>'$.key' = last_value(json->>'$.key') OVER (PARTITION BY json->>'$.path' ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
         ORDER BY json->>'$.path', n) TO ${sqlText(temporary)} (FORMAT parquet, COMPRESSION zstd)`,
    )
    await rename(temporary, out)
  } catch (thrown) {
    await rm(temporary, { force: true })
    throw thrown
  } finally {
    session.close()
  }
}
