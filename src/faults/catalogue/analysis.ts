import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const analysisFaults = {
  ANALYSIS_IMPOSSIBLE: {
    exitCode: EXIT.data,
    meaning: 'the data cannot answer the question: too short, too slow, constant, or not numbers',
    advice: ['{help}'],
  },
  NO_MEASUREMENT: {
    exitCode: EXIT.data,
    meaning: 'a table holds no column of numbers, so there is nothing to analyse; among many files it is passed over',
    advice: ['chatterfix analyze vibration FILE.csv --time TIME --sensor COLUMN'],
  },
  WAVEFORM_FILE_UNREADABLE: {
    exitCode: EXIT.data,
    meaning: 'a waveform file is damaged, of a kind that is not known, or lacks its sidecar',
    advice: [
      'chatterfix analyze vibration FILE.wav',
      'chatterfix analyze vibration NAME.f32   # with NAME.json beside it: {"fs": 25600, "unit": "g"}',
    ],
  },
  WAVEFORM_RATE_MISSING: {
    exitCode: EXIT.usage,
    meaning: 'a waveform file does not say its sample rate, and nobody else did',
    advice: ['chatterfix analyze vibration {target} --rate 25600'],
  },
  WAVEFORM_CHANNEL_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'there are several waveforms and none was named, or there is none of that name',
    advice: ['chatterfix analyze vibration {target} --sensor {example}'],
  },
  WAVEFORMS_ABSENT: {
    exitCode: EXIT.data,
    meaning: 'the recording holds no waveforms',
    advice: ['chatterfix recordings show {folder}', 'chatterfix analyze trend {folder} --sensor KEY'],
  },
  BASELINE_UNUSABLE: {
    exitCode: EXIT.usage,
    meaning: 'a kept baseline is damaged or belongs to another indicator',
    advice: ['chatterfix analyze trend … --indicator rms --keep NEW.json'],
  },
  RESULTS_IN_USE: {
    exitCode: EXIT.permission,
    meaning: 'another program is writing into this file of results',
    advice: [
      'chatterfix analyze vibration … --out ANOTHER.jsonl',
      'chatterfix analyze vibration … --shard 1/2 --out PART-1.jsonl',
      'kill -INT {pid}',
    ],
  },
  BATCH_FILE_GAVE_UP: {
    exitCode: EXIT.data,
    meaning: 'the thread that analysed a file ended before it had an answer, most often for want of memory',
    advice: ['chatterfix analyze vibration {target}'],
  },
  BEARING_GEOMETRY_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'the geometry of a bearing is not what a bearing can have',
    advice: ["chatterfix analyze vibration … --bearing 'n=9,d=7.94,D=39.04,angle=0'"],
  },
} as const satisfies Record<string, CatalogueEntry>
