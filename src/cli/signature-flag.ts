import { boolean } from '@oclif/core/flags'

/** Whether a site may be planned or pushed before every sensor of it was signed in commissioning. */
export const signatureFlag = {
  'require-signed': boolean({ description: 'refuse where a sensor was not signed in commissioning, or was changed since' }),
}

export function signaturesOf(flags: { readonly 'require-signed': boolean }): { readonly signatures: 'demanded' | 'not-demanded' } {
  return { signatures: flags['require-signed'] ? 'demanded' : 'not-demanded' }
}
