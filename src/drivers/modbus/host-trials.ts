import { type Ability, type AbilityNote, type HostPlace, isFresh, recallHost, rememberOfHost } from './host-memory.js'

/** How long a trial that was never ended stands against another; it may have been us who fell over, not the host. */
const UNENDED_HOURS = 24
/** After so many trials that were never ended there is no other. */
const MOST_UNENDED = 2

/** A trial that has begun, and what was known before it. */
export interface Trial {
  readonly ability: Ability
  readonly before: AbilityNote | null
}

/** What is to be done about something that a host may not bear: just do it, leave it, or see what becomes of it. */
export type TrialBeginning = 'works' | 'leave-it' | Trial

/** Writes down that a trial begins, so that it is known if nobody lives to tell how it ended. Where that cannot be written nothing is tried. */
export async function beginTrial(place: HostPlace, ability: Ability): Promise<TrialBeginning> {
  const { [ability]: before } = await recallHost(place)
  if (before?.verdict === 'works') return 'works'
  if (before?.verdict === 'never') return 'leave-it'
  const trials = before?.trials ?? 0
  if (before && (trials >= MOST_UNENDED || isFresh(before, UNENDED_HOURS, place.clock))) return 'leave-it'
  const note: AbilityNote = { verdict: 'trying', because: 'it was never ended', trials: trials + 1, at: place.clock.now() }
  return (await writeNote(place, ability, note)) === 'remembered' ? { ability, before } : 'leave-it'
}

/** `never` is for ever. */
export async function concludeTrial(
  place: HostPlace,
  ability: Ability,
  { verdict, because }: Pick<AbilityNote, 'verdict' | 'because'>,
): Promise<void> {
  await writeNote(place, ability, { verdict, because: because.slice(0, 500), trials: 0, at: place.clock.now() })
}

/** We were told to stop: the trial says nothing. */
export async function abandonTrial(place: HostPlace, { ability, before }: Trial): Promise<void> {
  await writeNote(place, ability, before)
}

async function writeNote(place: HostPlace, ability: Ability, note: AbilityNote | null): Promise<'remembered' | 'no-place'> {
  return await rememberOfHost(place, (known) => (known[ability]?.verdict === 'never' ? {} : { [ability]: note }))
}
