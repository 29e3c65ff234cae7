// Reading many registers against modbus-serial and against libmodbus in C, and the scan of a subnet against its time-outs: ratios of one run.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const DIST = process.env['CHATTERFIX_DIST'] ?? new URL('../dist', import.meta.url).pathname
const POINTS = 1000
const REGISTERS = 10_000
const ROUNDS = 5
const SECONDS = 1
/** Polls until the line knows its pace (one at a time, two, four, eight; the last in pieces). */
const WARM_UP = 400

/** 1,000 points scattered over 10,000 registers: ours grouped, modbus-serial one by one, libmodbus in C with our groups. */
export async function measureReading() {
  return await withPrograms(async ({ compile, folder }) => {
    const [program, client] = [compile('registers-server'), compile('grouped-reads')]
    if (!program || !client) return [{ skipped: 'no cc or no libmodbus-dev here (apt-get install gcc libmodbus-dev)' }]
    return [
      // Nagle's algorithm holds a second answer back until the first is acknowledged.
      ...(await readFrom(spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] }), { client, folder, host: 'libmodbus as it is' })),
      ...(await readFrom(spawn(program, ['nodelay'], { stdio: ['ignore', 'pipe', 'inherit'] }), { client, folder, host: 'without Nagle' })),
    ]
  })
}

async function readFrom(server, { client, folder, host }) {
  try {
    const port = Number(String((await once(server.stdout, 'data'))[0]))
    const addresses = scattered(POINTS, REGISTERS)
    const requests = await plannedFor(addresses, port)
    const rates = { ours: [], serial: [], c: [] }
    for (let round = 0; round < ROUNDS; round++) {
      rates.ours.push(await oursPerSecond(addresses, port, folder))
      rates.c.push(grouped(client, requests, port))
      rates.serial.push(await oneByOnePerSecond(addresses, port))
    }
    const [ours, serial, c] = [rates.ours, rates.serial, rates.c].map(median)
    return [
      row(host, 'chatterfix, batches of decoded readings', ours, null),
      row(host, 'modbus-serial, a request a point', serial, { ratio: ours / serial, promised: 5 }),
      row(host, 'libmodbus in C, the same requests', c, { ratio: ours / c, promised: 1 }),
    ]
  } finally {
    server.kill()
  }
}

/** One register at a time, ours and modbus-serial's: what the client itself costs. */
export async function measureClient() {
  return await withPrograms(async ({ compile }) => {
    const program = compile('registers-server')
    if (!program) return [{ skipped: 'no cc or no libmodbus-dev here (apt-get install gcc libmodbus-dev)' }]
    const server = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      const port = Number(String((await once(server.stdout, 'data'))[0]))
      const client = compile('grouped-reads')
      const rates = { one: [], eight: [], serial: [], c: [] }
      for (let round = 0; round < ROUNDS; round++) {
        rates.one.push(await requestsPerSecond(port, 1))
        rates.eight.push(await requestsPerSecond(port, 8))
        rates.serial.push((await oneByOnePerSecond([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], port, 10)) * 10)
        rates.c.push(grouped(client, [{ from: 0, quantity: 10, wanted: [0] }], port))
      }
      const serial = median(rates.serial)
      return [
        { client: 'modbus-serial', requestsPerSecond: Math.round(serial), ratio: 1 },
        ...[
          ['chatterfix, one at a time', rates.one],
          ['chatterfix, eight on their way', rates.eight],
          ['libmodbus in C', rates.c],
        ].map(([name, each]) => ({ client: name, requestsPerSecond: Math.round(median(each)), ratio: round2(median(each) / serial) })),
      ]
    } finally {
      server.kill()
    }
  })
}

/** A /24 with 5 live hosts; all others let a knock go unanswered. */
export async function measureScan() {
  const timeoutMs = 500
  const concurrency = 32
  const live = [7, 21, 99, 140, 233]
  return await withPrograms(async ({ compile, around }) => {
    const program = compile('deaf-hosts')
    if (!program) return [{ skipped: 'no cc here (apt-get install gcc)' }]
    const servers = []
    const first = await liveHost('127.0.1.7', 0)
    const { port } = first.address()
    servers.push(first)
    for (const host of live.slice(1)) servers.push(await liveHost(`127.0.1.${host}`, port))
    const dead = Array.from({ length: 254 }, (_, at) => at + 1).filter((host) => !live.includes(host))
    const deaf = spawn(program, ['1', String(port), ...dead.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] })
    try {
      await once(deaf.stdout, 'data')
      const { modbusDriver } = await import(`${DIST}/drivers/modbus/driver.js`)
      const startedAt = performance.now()
      const found = []
      for await (const finding of modbusDriver.discover(`modbus-tcp://127.0.1.0:${port}/24`, around(timeoutMs))) found.push(finding.address)
      const tookMs = performance.now() - startedAt
      const floorMs = (dead.length * timeoutMs) / concurrency
      return [
        {
          scan: '/24, 5 live',
          found: found.length,
          tookMs: Math.round(tookMs),
          floorMs: Math.round(floorMs),
          ratio: round2(tookMs / floorMs),
          promised: 1.3,
        },
      ]
    } finally {
      deaf.kill()
      for (const server of servers) server.close()
    }
  })
}

async function withPrograms(use) {
  const folder = mkdtempSync(join(tmpdir(), 'chatterfix-bench-'))
  const compile = (name) => {
    const out = join(folder, name)
    const source = fileURLToPath(new URL(`modbus/${name}.c`, import.meta.url))
    const { status } = spawnSync(
      'cc',
      ['-O2', '-I/usr/include/modbus', '-o', out, source, ...(name === 'deaf-hosts' ? [] : ['-lmodbus'])],
      { stdio: 'ignore' },
    )
    return status === 0 ? out : undefined
  }
  try {
    return await use({ compile, folder, around: (timeoutMs) => surroundings(timeoutMs, folder) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function surroundings(timeoutMs, stateFolder) {
  return {
    signal: new AbortController().signal,
    clock: {
      now: () => Math.round((performance.timeOrigin + performance.now()) * 1000),
      monotonicMs: () => performance.now(),
      sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
    },
    log: { note: () => {}, warn: (text) => process.stderr.write(`${text}\n`) },
    timeoutMs,
    stateFolder,
  }
}

/** The road that every poll takes: driver, plan, decoding, batches. */
async function oursPerSecond(addresses, port, folder) {
  const { modbusDriver } = await import(`${DIST}/drivers/modbus/driver.js`)
  const sensors = addresses.map((register) => ({
    key: `r/${register}`,
    address: `modbus-tcp://127.0.0.1:${port}/1/holding/${register}`,
    kind: 'other',
    unit: null,
    periodMs: 1,
  }))
  await using connection = await modbusDriver.open(sensors, surroundings(1000, folder))
  let batches = 0
  let startedAt = performance.now()
  let warmUp = WARM_UP
  for await (const batch of connection.measurements()) {
    if (batch.kind !== 'batch') continue
    if (
      batch.value.length !== addresses.length ||
      batch.value[0] !== addresses[batch.sensor[0]] ||
      batch.quality.some((code) => code !== 0)
    )
      throw new Error('wrong values')
    if (warmUp-- > 0) {
      startedAt = performance.now()
      continue
    }
    batches++
    if (performance.now() - startedAt > SECONDS * 1000) break
  }
  return (batches * 1000) / (performance.now() - startedAt)
}

async function plannedFor(addresses, port) {
  const { planRequests } = await import(`${DIST}/drivers/modbus/request-plan.js`)
  const { parseModbusPoint } = await import(`${DIST}/drivers/modbus/address.js`)
  const points = addresses.map((register) => parseModbusPoint(`modbus-tcp://127.0.0.1:${port}/1/holding/${register}`))
  return planRequests(points).map(({ span, members }) => ({
    from: span.from,
    quantity: span.quantity,
    wanted: members.map(({ point }) => point.register),
  }))
}

function grouped(client, requests, port) {
  const input = requests.map(({ from, quantity, wanted }) => [from, quantity, ...wanted].join(' ')).join('\n')
  const { stdout, status } = spawnSync(client, [String(port), String(SECONDS)], { input: `${input}\n`, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the C client ended with ${status}`)
  return Number(stdout)
}

async function oneByOnePerSecond(addresses, port, quantity = 1) {
  const { default: ModbusRTU } = await import('modbus-serial')
  const client = new (ModbusRTU.default ?? ModbusRTU)()
  await client.connectTCP('127.0.0.1', { port })
  client.setID(1)
  client.setTimeout(1000)
  const startedAt = performance.now()
  let rounds = 0
  while (performance.now() - startedAt < SECONDS * 1000) {
    for (const register of addresses)
      if ((await client.readHoldingRegisters(register, quantity)).data[0] !== register) throw new Error('wrong')
    rounds++
  }
  const rate = (rounds * 1000) / (performance.now() - startedAt)
  await new Promise((resolve) => client.close(resolve))
  return rate
}

async function requestsPerSecond(port, window) {
  const { connectClient } = await import(`${DIST}/drivers/modbus/client.js`)
  const { readSpan } = await import(`${DIST}/drivers/modbus/read-span.js`)
  const { clock, signal } = surroundings(1000, '')
  const client = await connectClient({ host: '127.0.0.1', port, connectTimeoutMs: 1000, signal, clock })
  client.window = window
  const startedAt = performance.now()
  let requests = 0
  await Promise.all(
    Array.from({ length: window }, async () => {
      while (performance.now() - startedAt < SECONDS * 1000) {
        const answer = await readSpan(client, { unit: 1, timeoutMs: 5000 }, { table: 'holding', from: 0, quantity: 10 })
        if (answer.kind !== 'values') throw new Error(answer.kind)
        requests++
      }
    }),
  )
  const rate = (requests * 1000) / (performance.now() - startedAt)
  await client.close()
  return rate
}

/** Answers function 3 of unit 1, and for all others as a gateway does that finds nobody. */
async function liveHost(host, port) {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      const isThere = bytes[6] === 1 && bytes[7] === 3
      const pdu = isThere ? [3, 2, 0, 42] : [bytes[7] | 0x80, bytes[6] === 1 ? 1 : 11]
      socket.write(Buffer.from([bytes[0], bytes[1], 0, 0, 0, pdu.length + 1, bytes[6], ...pdu]))
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

function scattered(count, below) {
  let state = 42
  const chosen = new Set()
  while (chosen.size < count) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    chosen.add(Math.floor((state / 2 ** 32) * below))
  }
  return [...chosen].sort((a, b) => a - b)
}

function row(host, reader, perSecond, against) {
  return {
    host,
    reader,
    pointsPerSecond: Math.round(perSecond * POINTS),
    ...(against ? { 'ours is faster by': round2(against.ratio), promised: against.promised } : {}),
  }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function round2(value) {
  return Number(value.toFixed(2))
}
