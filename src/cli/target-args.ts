import { string } from '@oclif/core/args'

/** What `read`, `watch` and `record` take: any number of these. */
export const targetArgs = {
  target: string({ description: 'a sensor or asset of the site, or an address; nothing means the whole site', required: false }),
}
