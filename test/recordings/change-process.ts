import { mergeRecordings } from '../../src/recordings/merge-recordings.js'
import { horizonOf } from '../../src/recordings/prune-horizon.js'
import { pruneRecording } from '../../src/recordings/prune-recording.js'
import { repairRecording } from '../../src/recordings/repair-recording.js'

/** One change of a recording in a process of its own, to be killed in it. */
const [verb = '', folder = '', now = '0', ...others] = process.argv.slice(2)
const around = { now: Number(now), tool: 'test', signal: new AbortController().signal }
process.stdout.write('begun\n')
if (verb === 'prune') await pruneRecording(folder, horizonOf({ rawMs: 86_400_000 }, around.now), around)
if (verb === 'repair') await repairRecording(folder, around)
if (verb === 'merge') await mergeRecordings({ folders: others, out: folder, renamings: [], ...around })
process.stdout.write('done\n')
