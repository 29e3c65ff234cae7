import process from 'node:process'
import { string as argument } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { type SensorTrend, sensorTrend } from '../../analysis/trend/sensor-trend.js'
import { BaseCommand } from '../../cli/base-command.js'
import { formatTrendReport } from '../../output/trend-report.js'

export default class AnalyzeTrend extends BaseCommand {
  static override readonly summary = 'is a sensor rising or falling, how fast, and how sure is that'
  static override readonly description =
    "The Theil–Sen slope of a recorded sensor with its 95 % confidence interval, and Mann–Kendall's test. Outliers and gaps do it no harm."
  static override readonly examples = ['<%= config.bin %> analyze trend recordings/2026-11-22 --sensor pump-247/drive-end-temperature']
  static override readonly args = { recording: argument({ description: 'folder of the recording', required: true }) }
  static override readonly flags = { sensor: string({ description: 'which sensor', required: true }) }

  async run(): Promise<SensorTrend> {
    const { args, flags } = await this.parse(AnalyzeTrend)
    const { readSeries } = await import('../../recordings/read-series.js')
    const { sensor, time, value } = await readSeries({ folder: args.recording, sensor: flags.sensor })
    const trend = sensorTrend({ sensor: sensor.key, unit: sensor.unit, timeS: time, value })
    if (!this.jsonEnabled()) {
      const { plot } = await import('asciichart')
      this.say(formatTrendReport(trend, value, { columns: process.stdout.columns ?? 80, plot }))
    }
    return trend
  }
}
