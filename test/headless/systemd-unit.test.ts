import { describe, expect, it } from 'vitest'
import { absoluteArguments } from '../../src/headless/absolute-arguments.js'
import { folderOfStart } from '../../src/headless/folder-of-start.js'
import { systemdUnit, type UnitWishes } from '../../src/headless/systemd-unit.js'
import { systemdWord } from '../../src/headless/systemd-word.js'
import { watchdogIntervalMs } from '../../src/headless/watchdog-interval.js'

const WISHES: UnitWishes = {
  command: ['/usr/bin/node', '/opt/chatterfix/bin/run.js', 'record', '--out', '/var/lib/chatterfix/run-{start}'],
  workingFolder: '/var/lib/chatterfix',
  out: '/var/lib/chatterfix/run-{start}',
  writes: [],
  reads: ['/etc/chatterfix/chatterfix.yaml'],
  ports: [],
  user: 'operator',
  secrets: [],
}

describe('a unit for record', () => {
  it('has a user of its own where the recording lies in the state directory, and no devices where none is used', () => {
    const unit = systemdUnit(WISHES)
    for (const line of [
      'Type=notify',
      'DynamicUser=yes',
      'PrivateDevices=yes',
      'ProtectHome=yes',
      'PrivateTmp=yes',
      'CapabilityBoundingSet=',
    ])
      expect(unit.split('\n')).toContain(line)
    expect(unit).not.toMatch(/^MemoryDenyWriteExecute|^User=|^ReadWritePaths=/m)
  })

  it('lets the recorder write where it must, and nowhere else', () => {
    const unit = systemdUnit({ ...WISHES, out: '/data/plant 1/run', writes: ['/run/chatterfix/status.json'] })
    expect(unit).toContain('User=operator\nReadWritePaths="/data/plant 1"\n')
    expect(unit).not.toContain('DynamicUser')
  })

  it('opens the classes of serial ports in use', () => {
    const unit = systemdUnit({ ...WISHES, ports: ['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/serial/by-id/usb-FTDI-if00'] })
    expect(unit.match(/^Device.*$/gm)).toEqual(['DevicePolicy=closed', 'DeviceAllow=char-ttyUSB rw', 'DeviceAllow=char-ttyACM rw'])
    expect(unit).toContain('SupplementaryGroups=dialout')
  })

  it('takes credentials from files by name and holds none itself', () => {
    const unit = systemdUnit({ ...WISHES, secrets: ['CHATTERFIX_MQTT_PASSWORD'] })
    expect(unit).toContain('LoadCredential=CHATTERFIX_MQTT_PASSWORD:/etc/chatterfix/credentials/CHATTERFIX_MQTT_PASSWORD')
  })
})

describe('the command line in a unit', () => {
  // systemd.service(5): `%` and `$` are doubled to mean themselves, C-style escapes hold within quotes.
  it.each([
    ['run-{start}', 'run-{start}'],
    ['mqtt://h/a%2Fb', 'mqtt://h/a%%2Fb'],
    ['cost$1', 'cost$$1'],
    ['two words', '"two words"'],
    ['say "hi"\\', '"say \\"hi\\"\\\\"'],
    ['a\nb', '"a\\x0ab"'],
    ['', '""'],
  ])('quotes %j', (word, quoted) => expect(systemdWord(word)).toBe(quoted))

  it('has absolute paths, and no longer asks for a unit', () => {
    const given = ['pump-247', '--out', 'run', '--site=plant.yaml', '--status', 'unix:s.sock', '--print-systemd', '--for', '1h']
    const wanted = ['pump-247', '--out', '/w/run', '--site=/w/plant.yaml', '--status', 'unix:/w/s.sock', '--for', '1h']
    expect(absoluteArguments(given, '/w')).toEqual(wanted)
  })
})

describe('a start', () => {
  it('has a folder of its own where --out says {start}', () => {
    const at = Date.UTC(2026, 10, 22, 18, 57, 37) * 1000
    expect(folderOfStart('a/run-{start}', at)).toBe('a/run-20261122T185737Z')
    expect(folderOfStart('a/run', at)).toBe('a/run')
  })

  it('knows how often its manager wants a sign of life, unless that is meant for another process', () => {
    expect(watchdogIntervalMs({ WATCHDOG_USEC: '60000000' }, 7)).toBe(30_000)
    expect(watchdogIntervalMs({ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '7' }, 7)).toBe(30_000)
    expect(watchdogIntervalMs({ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '8' }, 7)).toBeUndefined()
    for (const text of ['', '0', '-5', 'x', undefined]) expect(watchdogIntervalMs({ WATCHDOG_USEC: text }, 7)).toBeUndefined()
  })
})
