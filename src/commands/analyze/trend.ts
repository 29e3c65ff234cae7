import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { integer, option, string } from '@oclif/core/flags'
import type { IndicatorTrend } from '../../analysis/trend/indicator-trend.js'
import { type SensorTrend, sensorTrend } from '../../analysis/trend/sensor-trend.js'
import { INDICATORS } from '../../analysis/vibration/indicator.js'
import { bandFlag } from '../../cli/band-flag.js'
import { BaseCommand } from '../../cli/base-command.js'
import { positiveNumberFlag } from '../../cli/positive-number-flag.js'
import { sensorOrUsage } from '../../cli/sensor-or-usage.js'
import { MACHINE_FLAGS, vibrationOptions, WAVEFORM_FLAGS } from '../../cli/vibration-flags.js'
import { formatIndicatorTrend } from '../../output/indicator-report.js'
import { formatTrendReport } from '../../output/trend-report.js'

export default class AnalyzeTrend extends BaseCommand {
  static override readonly summary = 'is a sensor or a vibration indicator rising, how fast or since when, and how sure is that'
  static override readonly description =
    `Of a recorded sensor: the Theil–Sen slope with its 95 % confidence interval, and Mann–Kendall's test. Outliers and gaps do it no harm.
With --indicator, of waveforms: a value for each window of a file or recording, or for each of many files; bpfo, bpfi, bsf and ftf are how far these lines of --bearing stand over the noise; since when they lie above all that the baseline knew, with the chance that this is a false alarm.`
  static override readonly examples = [
    '<%= config.bin %> analyze trend recordings/2026-11-22 --sensor pump-247/drive-end-temperature',
    '<%= config.bin %> analyze trend route/ --indicator velocity --unit g --keep pump-247.baseline.json',
    '<%= config.bin %> analyze trend features.csv --indicator value --sensor rms_h',
  ]
  static override readonly strict = false
  static override readonly args = {
    recording: argument({ description: 'folder of a recording; with --indicator files, folders, patterns', required: true }),
  }
  static override readonly flags = {
    ...WAVEFORM_FLAGS,
    indicator: option({ options: INDICATORS, description: 'of waveforms: what is followed; value: the samples themselves' })(),
    band: bandFlag({ description: 'of the indicators band and velocity, Hz' }),
    speed: MACHINE_FLAGS.speed,
    bearing: MACHINE_FLAGS.bearing,
    window: positiveNumberFlag({ description: 'seconds of one value of a single file or recording', default: 1 }),
    baseline: integer({ description: 'how many of the first values are the baseline; a fifth of them by default', min: 10 }),
    against: string({ description: 'a baseline that was kept', helpValue: '<file>' }),
    keep: string({ description: 'keep the baseline in this file', helpValue: '<file>' }),
  }

  async run(): Promise<SensorTrend | IndicatorTrend> {
    const { args, argv, flags } = await this.parse(AnalyzeTrend)
    const { indicator, window: windowS, band, baseline: baselineCount, against, keep } = flags
    const { plot } = await import('asciichart')
    if (indicator !== undefined) {
      const { trendOfIndicator } = await import('../../cli/indicator-trend.js')
      const options = await vibrationOptions(flags)
      const trend = await trendOfIndicator(argv as string[], { indicator, windowS, band, options, baselineCount, against, keep })
      this.say(formatIndicatorTrend(trend, { columns: process.stdout.columns ?? 80, plot }))
      return trend
    }
    const { readSeries } = await import('../../recordings/read-series.js')
    const { sensor, time, value } = await readSeries({ folder: args.recording, sensor: sensorOrUsage(flags.sensor) })
    const trend = sensorTrend({ sensor: sensor.key, unit: sensor.unit, timeS: time, value })
    if (!this.jsonEnabled()) this.say(formatTrendReport(trend, value, { columns: process.stdout.columns ?? 80, plot }))
    return trend
  }
}
