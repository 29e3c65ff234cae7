import { describe, expect, it } from 'vitest'
import { createSink, SINKS } from '../../src/sinks/registry.js'
import { surroundings } from './spool/material.js'

const CANARY = 'canary-91c7'
const around = surroundings('/nowhere')

async function refusalOf(address: string): Promise<{ code: string; text: string }> {
  try {
    await createSink(address, around)
  } catch (thrown) {
    const fault = thrown as { code: string; message: string; facts: unknown; stack: string }
    return { code: fault.code, text: `${fault.message} ${JSON.stringify(fault.facts)} ${fault.stack}` }
  }
  return { code: 'none', text: '' }
}

describe('what stands behind --to', () => {
  it.each(SINKS.map(({ name, example }) => [name, example] as const))(
    'makes a sink out of the example of %s, called by its address',
    async (_, example) => {
      expect((await createSink(example, around)).name).toBe(example)
    },
  )

  it.each([
    [`postgres://ann:${CANARY}@127.0.0.1/plant`],
    [`influx://127.0.0.1/plant?token=${CANARY}`],
    [`influx://ann:${CANARY}@[::1]/plant`],
    [`mqtt://:${CANARY}@127.0.0.1/plant?password=x`],
    [`mqtt://127.0.0.1/plant?PASSWORD=${CANARY}`],
    [`postgres://ann:${CANARY}%zz@127.0.0.1/plant`],
  ])('refuses a secret in an address and repeats it nowhere: %s', async (address) => {
    const { code, text } = await refusalOf(address)
    expect(code).toBe('SINK_SECRET_IN_ADDRESS')
    expect(text).not.toContain(CANARY)
  })

  it.each([
    ['http://127.0.0.1'],
    ['plant'],
    ['influx://127.0.0.1'],
    ['influx://127.0.0.1/plant?version=2'],
    ['influx://127.0.0.1/plant?version=4'],
    ['influx://127.0.0.1/plant?retention=7'],
    ['influx://127.0.0.1/plant?version=3&create=yes'],
    ['mqtt://127.0.0.1/plant%2Fx/%23'],
    ['mqtt://127.0.0.1/$SYS'],
    ['postgres://127.0.0.1'],
    ['postgres://127.0.0.1/plant?table=a;drop'],
    ['prometheus://127.0.0.1/elsewhere'],
    ['prometheus://127.0.0.1?stale=soon'],
    [`influx://127.0.0.1/${CANARY}%zz`],
  ])('refuses %s as no place to send to', async (address) => {
    const { code, text } = await refusalOf(address)
    expect(code).toBe('SINK_ADDRESS_INVALID')
    expect(text).not.toContain(CANARY)
  })
})
