import { afterEach, describe, expect, it } from 'vitest'
import { formatClone, parseClone } from '../../src/clone/clone-file.js'
import type { DeviceClone } from '../../src/clone/device-clone.js'
import type { Progress, Surroundings } from '../../src/drivers/contract.js'
import { modbusDriver } from '../../src/drivers/modbus/driver.js'
import { surroundingsOf } from '../conformance/surroundings.js'
import { answerOf, type FakeDevice, fakeDevice, putRegisters } from '../fakes/modbus/device.js'
import { BEHAVIOURS, type Behaviour, type FakeServer, startFakeServer } from '../fakes/modbus/server.js'

let server: FakeServer
afterEach(() => server.stop())

const AREA = { from: 0, to: 399 }

/** 40 registers in the holding table, 4 in the input table; no bits. */
function smallDevice(): FakeDevice {
  const device = fakeDevice({ identification: new Map([[0, 'Acme']]) })
  putRegisters(
    device.holding,
    200,
    Array.from({ length: 40 }, (_, index) => index + 1),
  )
  putRegisters(device.input, 10, [1, 2, 3, 4])
  return device
}

async function capture(behaviour: Behaviour, given: Partial<Surroundings> & { readonly earlier?: DeviceClone } = {}) {
  server = await startFakeServer(new Map([[7, behaviour]]))
  return resume(given)
}

async function resume({ earlier, ...given }: Partial<Surroundings> & { readonly earlier?: DeviceClone } = {}) {
  const report = await modbusDriver.clone?.(
    `modbus-tcp://127.0.0.1:${server.port}/7`,
    { ...AREA, ...(earlier && { earlier }) },
    surroundingsOf({ timeoutMs: 300, ...given }),
  )
  if (!report) throw new Error('the driver cannot clone')
  return report
}

/** Counts questions to the tables, and does something at one of them. */
function counting(device: FakeDevice, at: number, act: () => void): { readonly behaviour: Behaviour; readonly asked: () => number } {
  let asked = 0
  return {
    asked: () => asked,
    behaviour: (request, wire) => {
      if ((request.pdu[0] ?? 0) <= 4 && ++asked === at) act()
      wire.reply(request, answerOf(device, request.pdu))
    },
  }
}

describe('a capture', () => {
  it('asks about one question for each address that is not there, and few for those that are', async () => {
    const { behaviour, asked } = counting(smallDevice(), 0, () => undefined)
    const { stoppedBy } = await capture(behaviour)
    expect(stoppedBy).toBeNull()
    // 360 + 396 addresses are not there; two tables are unknown after one question each.
    expect(asked()).toBeLessThan(1.1 * (360 + 396))
  })

  it('tells how far it has come and what is left, to the end', async () => {
    const told: Progress[] = []
    await capture(BEHAVIOURS.fine(smallDevice()), { progress: (progress) => void told.push(progress) })
    expect(told.at(-1)?.total).toBe(1600)
    expect(told.every(({ done, total }, index) => done <= total && done >= (told[index - 1]?.done ?? 0))).toBe(true)
    expect(told.at(-1)?.leftMs).toBeGreaterThanOrEqual(0)
  })

  it.each([50, 500])(
    'that is stopped at question %d keeps what it had, and gone on with gives the same file as one that was not',
    async (at) => {
      const device = smallDevice()
      const whole = await capture(BEHAVIOURS.fine(device))
      await server.stop()
      const stop = new AbortController()
      const first = await capture(counting(device, at, () => stop.abort()).behaviour, { signal: stop.signal })
      expect(first.stoppedBy?.code).toBe('INTERRUPTED')
      const kept = parseClone(formatClone(first.clone), 'meter.yaml')
      expect(Object.values(kept.tables).at(-1)?.lookedAt.to).toBeLessThan(399)
      const second = await resume({ earlier: kept })
      expect(second.stoppedBy).toBeNull()
      expect(formatClone(second.clone)).toBe(formatClone(whole.clone))
    },
  )

  it('keeps what it had where the line breaks or the unit falls silent, and says which', async () => {
    const device = smallDevice()
    const broken = await capture(counting(device, 100, () => server.breakLine()).behaviour)
    expect(broken.stoppedBy?.code).toBe('CONNECTION_LOST')
    expect(Object.keys(broken.clone.tables)).not.toEqual([])
    await server.stop()
    let isGone = false
    const { behaviour } = counting(device, 100, () => (isGone = true))
    const gone = await capture((request, wire) => {
      if (!isGone) behaviour(request, wire)
    })
    expect(gone.stoppedBy?.code).toBe('MODBUS_NO_RESPONSE')
    expect(formatClone((await resumeWith(device, gone.clone)).clone)).toBe(formatClone((await resumeWith(device, undefined)).clone))
  })

  it('of a unit that stays silent to what it does not have takes one short question each, and knows that the unit is still there', async () => {
    const device = smallDevice()
    putRegisters(device.holding, 0, [1])
    const shy: Behaviour = (request, wire) => {
      const answer = answerOf(device, request.pdu)
      if (((answer[0] ?? 0) & 0x80) === 0 || request.pdu[0] === 43 || request.pdu[0] === 17) wire.reply(request, answer)
    }
    server = await startFakeServer(new Map([[7, shy]]))
    const report = await modbusDriver.clone?.(
      `modbus-tcp://127.0.0.1:${server.port}/7`,
      { from: 191, to: 199 },
      surroundingsOf({ timeoutMs: 50 }),
    )
    expect(report?.stoppedBy).toBeNull()
    expect(report?.gaps.join('\n')).toMatch(/holding: 9 addresses gave no valid answer/)
  })

  it('does not go on with the capture of another device', async () => {
    const { clone } = await capture(BEHAVIOURS.fine(smallDevice()))
    await expect(resume({ earlier: { ...clone, unit: 8 } })).rejects.toMatchObject({ code: 'CLONE_MISMATCH' })
  })
})

async function resumeWith(device: FakeDevice, earlier: DeviceClone | undefined) {
  await server.stop()
  return capture(BEHAVIOURS.fine(device), earlier && { earlier })
}
