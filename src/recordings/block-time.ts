import { WAVEFORM_ROW_SAMPLES } from '../readings/recording-layout.js'

/** When the block began that a row is a piece of: a block belongs to one place, however long it is. */
export const BLOCK_TIME = `make_timestamp(epoch_us(time) - CASE WHEN sample_rate_hz > 0
  THEN coalesce(try_cast(round(fragment * ${WAVEFORM_ROW_SAMPLES} / sample_rate_hz * 1e6) AS BIGINT), 0) ELSE 0 END)`
