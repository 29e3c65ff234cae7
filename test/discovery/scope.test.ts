import { describe, expect, it } from 'vitest'
import { parseScope } from '../../src/discovery/scope.js'

describe('a scope', () => {
  it('may be this machine, its serial ports, a host, a port of a host, or an address', () => {
    expect(parseScope('localhost')).toEqual({ kind: 'this-machine' })
    expect(parseScope('127.0.0.1')).toEqual({ kind: 'this-machine' })
    expect(parseScope('plc-7.local')).toEqual({ kind: 'hosts', hosts: ['plc-7.local'], port: null })
    expect(parseScope('10.0.0.21:5020')).toEqual({ kind: 'hosts', hosts: ['10.0.0.21'], port: 5020 })
    expect(parseScope('serial')).toEqual({ kind: 'address', address: 'serial:///' })
    expect(parseScope('mqtt://10.0.0.5')).toEqual({ kind: 'address', address: 'mqtt://10.0.0.5' })
  })

  it('may be a subnet, without its network and broadcast addresses', () => {
    const scope = parseScope('10.0.7.77/30')
    expect(scope).toEqual({ kind: 'hosts', hosts: ['10.0.7.77', '10.0.7.78'], port: null })
    expect(parseScope('10.0.0.0/24').kind === 'hosts' && parseScope('10.0.0.0/24')).toHaveProperty('hosts.length', 254)
  })

  it.each(['5020', '300.1.1.1', '10.0.0.0/8', '10.0.0.300/24', 'not a host', 'host:99999', ''])(
    'that cannot be meant is refused: %s',
    (text) => {
      expect(() => parseScope(text)).toThrow(/no place to look/)
    },
  )
})
