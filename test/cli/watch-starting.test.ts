import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { watchStarting } from '../../src/cli/watch-starting.js'

function terminal(isTTY = true) {
  const input = new EventEmitter()
  const said: string[] = []
  const stdin = Object.assign(input, {
    isTTY,
    setRawMode: (mode: boolean) => said.push(mode ? 'raw' : 'cooked'),
    pause: () => said.push('pause'),
    resume: () => said.push('resume'),
  })
  const stdout = { write: (text: string) => said.push(text) > 0 }
  return { said, stdin, streams: { stdin, stdout } as unknown as Parameters<typeof watchStarting>[0] }
}

describe('a watch that is about to show something', () => {
  it('takes the echo of keys away and says that it is starting, and gives all of it back once', () => {
    const { said, stdin, streams } = terminal()
    const letGo = watchStarting(streams, () => undefined)
    expect(said).toEqual(['raw', '\r\u001b[2Kstarting...', 'resume'])
    letGo()
    letGo()
    expect(said.slice(3)).toEqual(['pause', '\r\u001b[2K', 'cooked'])
    expect(stdin.listenerCount('data')).toBe(0)
  })

  it('still ends by Ctrl-C, and drops other keys', () => {
    const { stdin, streams } = terminal()
    let interrupts = 0
    const letGo = watchStarting(streams, () => interrupts++)
    stdin.emit('data', Buffer.from('q\u001b[B'))
    expect(interrupts).toBe(0)
    stdin.emit('data', Buffer.from('\u0003'))
    expect(interrupts).toBe(1)
    letGo()
  })

  it('leaves alone what is no terminal', () => {
    const { said, streams } = terminal(false)
    watchStarting(streams)()
    expect(said).toEqual([])
  })
})
