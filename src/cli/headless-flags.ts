import { boolean, string } from '@oclif/core/flags'

/** For recorders that run without anybody looking. */
export const headlessFlags = {
  status: string({
    description: 'say there each second how it is going: a JSON file, or a socket (unix:PATH) that says it to whoever connects',
    helpValue: '<FILE|unix:PATH>',
  }),
  'print-systemd': boolean({ description: 'print a hardened systemd unit that records with these arguments, and end' }),
}
