import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMqttSink } from '../../src/sinks/mqtt/mqtt-sink.js'
import { surroundings, temporaryFolder } from '../sinks/spool/material.js'
import { type FarEndProcess, farEndProcess, freePort, type Gate, gateTo } from './far-end-process.js'
import { missingPeer } from './requirement.js'
import { throughAnOutage } from './through-an-outage.js'

const missing = missingPeer('mosquitto', ['which', 'mosquitto'])

describe.skipIf(missing !== null)(`the mqtt sink against Debian's mosquitto${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let folder: string
  let port: number
  let server: FarEndProcess
  let gate: Gate

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mosquitto-sink-'))
    port = await freePort()
    const config = join(folder, 'mosquitto.conf')
    writeFileSync(config, [`listener ${port} 127.0.0.1`, 'user root', 'allow_anonymous true', 'max_queued_messages 0'].join('\n'))
    server = farEndProcess({ command: '/usr/sbin/mosquitto', args: ['-c', config], port })
    await server.start()
    gate = await gateTo(port)
  })
  afterAll(async () => {
    await gate.stop()
    await server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('loses nothing while the broker is killed and comes back; what comes twice bears the same sensor, time and sequence', async () => {
    const heard: { sensor: string; time: string; sequence: number; value: number }[] = []
    let listener: MqttClient | undefined
    const listen = async (): Promise<void> => {
      listener = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
      listener.on('error', () => undefined)
      listener.on('message', (_, payload) => heard.push(JSON.parse(payload.toString()) as (typeof heard)[number]))
      await listener.subscribeAsync('plant/#')
    }
    await listen()
    const sink = createMqttSink(`mqtt://127.0.0.1:${gate.port}/plant`, surroundings(await temporaryFolder()))
    const { taken } = await throughAnOutage(sink, {
      kill: async () => {
        await server.kill('SIGKILL')
        gate.shut()
      },
      // Nobody keeps for a listener that is not there yet.
      restart: async () => {
        await server.start()
        await listen()
        gate.open()
      },
    })
    const different = () => new Set(heard.map(({ sensor, time, sequence }) => `${sensor} ${time} ${sequence}`)).size
    await expect.poll(different, { timeout: 10_000 }).toBe(taken)
    // At most what was on its way when the broker died.
    expect(heard.length - taken).toBeLessThanOrEqual(16)
    for (const sensor of ['pump/temperature', 'pump/pressure']) {
      const firsts = [...new Set(heard.filter((one) => one.sensor === sensor).map(({ value }) => value))]
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
    }
    await listener?.endAsync(true)
  })

  it('leaves the last value with the broker where it is told to', async () => {
    const sink = createMqttSink(`mqtt://127.0.0.1:${port}/kept?retain=yes`, surroundings(await temporaryFolder()))
    await sink.start({ startedAt: 1, sensors: [], assets: [], site: null, tool: 'test', purpose: 'test' })
    await sink.take({
      kind: 'batch',
      sensors: ['a#b'],
      sensor: Uint32Array.of(0, 0),
      measuredAt: Float64Array.of(1_795_359_600_000_000, 1_795_359_601_000_000),
      receivedAt: 1_795_359_601_000_000,
      value: Float64Array.of(1, 2),
      quality: Uint8Array.of(0, 128),
      texts: [null, 'no answer'],
    })
    await sink.close('duration')
    expect(sink.tally().stored).toBe(2)
    const heard: string[] = []
    const listener = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 })
    listener.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`))
    await listener.subscribeAsync('kept/#')
    await expect.poll(() => heard).toHaveLength(1)
    expect(heard[0]).toBe(
      'kept/a_b {"sensor":"a#b","time":"2026-11-22T15:00:01.000000Z","value":null,"text":"no answer","quality":"bad","reason":"no-response","sequence":0}',
    )
    await listener.endAsync(true)
  })
})
