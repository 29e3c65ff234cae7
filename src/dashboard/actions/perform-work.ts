import { reasonOf } from '../../faults/fault.js'
import type { ReplayPace } from '../../readings/replay-pace.js'
import type { Frame } from '../screen/compose-frame.js'
import { keptPane, keptScreen } from '../screen/kept-frame.js'
import type { WorkAbilities, WriteDesk } from './work-abilities.js'
import type { WorkWish } from './work-wish.js'

interface World {
  readonly work: WorkAbilities | undefined
  readonly say: (text: string) => void
  readonly frame?: () => Frame
}

/** @returns a short word to the person; null where there is nothing to say, or not yet. */
export function performWork(wish: WorkWish, world: World): string | null {
  const { work = {}, say } = world
  const later = (saying: Promise<string>): null => {
    void saying.then(say, (thrown: unknown) => say(reasonOf(thrown)))
    return null
  }
  switch (wish.wish) {
    case 'begin-recording':
      return work.recorder ? later(work.recorder.begin(wish.folder)) : 'nothing can be recorded from here'
    case 'end-recording':
      return work.recorder ? later(work.recorder.end()) : 'the recording ends with the run (q)'
    case 'ask-licence':
      void work.licence?.ask(wish.customer)
      return work.licence ? null : 'no licence server is known here'
    case 'copy':
      work.copy?.(wish.text)
      return work.copy ? `given to the terminal: ${wish.text}` : 'this terminal has no clipboard'
    case 'keep': {
      const kept = keepFrame(wish, world)
      return kept ? later(kept) : 'files are not kept in this run'
    }
    case 'draft-write':
    case 'confirm-write':
    case 'drop-write':
      return work.writing ? write(work.writing, wish) : 'nothing can be written from here'
    default:
      return work.pace ? steer(work.pace, wish) : 'nothing is being replayed'
  }
}

function steer(pace: ReplayPace, wish: Extract<WorkWish, { readonly wish: `replay-${string}` }>): string | null {
  switch (wish.wish) {
    case 'replay-speed':
      pace.setSpeed(wish.speed)
      return `replay ×${wish.speed}`
    case 'replay-pace':
      pace.step(wish.by)
      return null
    case 'replay-step':
      pace.seekBy(wish.seconds)
      return null
    case 'replay-from':
      pace.seek(wish.at)
      return null
    case 'replay-pause':
      if (pace.facts.state === 'paused') pace.resume()
      else pace.pause()
      return null
  }
}

function write(desk: WriteDesk, wish: Extract<WorkWish, { readonly wish: `${string}-write` }>): null {
  switch (wish.wish) {
    case 'draft-write':
      void desk.draft(wish.sensor, wish.value)
      return null
    case 'confirm-write':
      void desk.confirm(wish.typed)
      return null
    case 'drop-write':
      desk.drop()
      return null
  }
}

function keepFrame({ what, file }: Extract<WorkWish, { readonly wish: 'keep' }>, { work, frame }: World): Promise<string> | null {
  if (!frame || !work?.keep) return null
  return keepOf(frame(), { what, file }, work.keep)
}

async function keepOf(
  frame: Frame,
  { what, file }: Pick<Extract<WorkWish, { readonly wish: 'keep' }>, 'what' | 'file'>,
  keep: NonNullable<WorkAbilities['keep']>,
): Promise<string> {
  const content = what === 'screen' ? await keptScreen(frame, file) : keptPane(frame)
  return `kept as ${await keep(file, content)}`
}
