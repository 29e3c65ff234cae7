import { CHECKS, type CheckId } from '../../../commissioning/check.js'

export type PromptKind = 'name' | 'confirm' | 'reject' | 'as-found' | 'as-left' | 'note' | 'sign-off'

export interface CommissioningState {
  readonly top: number
  /** The check with the cursor. */
  readonly check: CheckId
  /** Who works here; asked for before anything is written down. */
  readonly by: string
  readonly prompt: { readonly kind: PromptKind; readonly text: string /** What comes after the name. */; readonly then?: PromptKind } | null
}

export const FIRST_COMMISSIONING: CommissioningState = { top: 0, check: 'alive', by: '', prompt: null }
export const LONGEST_WORDS = 200

/** A saved layout says nothing of who works here: another person may open it. */
export function restoreCommissioning(saved: unknown): CommissioningState {
  const check = (saved as { readonly check?: unknown } | null)?.check
  return { ...FIRST_COMMISSIONING, check: CHECKS.find((known) => known === check) ?? 'alive' }
}
