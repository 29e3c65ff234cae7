// Preloaded by loaded-modules.test.ts: writes the URL of every module that the program loads to the file named in NOTE_MODULES_IN.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import process from 'node:process'

const file = process.env.NOTE_MODULES_IN
registerHooks({
  load(url, context, next) {
    if (file) appendFileSync(file, `${url}\n`)
    return next(url, context)
  },
})
