import { BLOCK_TIME } from './block-time.js'

/**
 * A SELECT of the columns of `blocks`, out of waveform rows: one row a block, whatever number of pieces it was stored in. RMS, peak and crest
 * are about the mean, as vibration is measured. Where the quality is bad, or a sample is no number, they are NULL.
 */
export function rollupBlocksSql(waveforms: string): string {
  const piece = `SELECT ${BLOCK_TIME} AS time, received, sensor, unit, sample_rate_hz, sequence, fragments, quality, len(samples) AS n,
    list_avg(samples::DOUBLE[]) AS m, list_var_pop(samples::DOUBLE[]) AS variance, list_min(samples)::DOUBLE AS low, list_max(samples)::DOUBLE AS high
    FROM (${waveforms})`
  const block = `SELECT time, sensor, any_value(unit) AS unit, max(received) AS received, sample_rate_hz, sequence, max(quality) AS quality,
    sum(n)::BIGINT AS n, sum(n * m) / sum(n) AS mean, sum(n * variance) AS within, sum(n * m * m) AS between_squares, min(low) AS low, max(high) AS high
    FROM (${piece}) GROUP BY time, sensor, sample_rate_hz, sequence, fragments`
  const spread = 'sqrt((within + greatest(between_squares - n * mean * mean, 0)) / n)'
  const told = `SELECT *, ${spread} AS deviation, greatest(high - mean, mean - low) AS reach,
    quality < 128 AND n > 0 AND isfinite(mean) AND isfinite(low) AND isfinite(high) AS is_told FROM (${block})`
  const when = (value: string) => `CASE WHEN is_told THEN ${value} END`
  return `SELECT time, received, sensor, unit, sample_rate_hz, n AS samples, ${when('mean')} AS mean, ${when('deviation')} AS rms, ${when('reach')} AS peak,
    ${when('CASE WHEN deviation > 0 AND reach > 1e-12 * abs(mean) THEN reach / deviation END')} AS crest, sequence, quality FROM (${told})`
}
