import { registerHooks } from 'node:module'

/** Lets Node run our sources as they are in a child process: imports say `.js`, the files are `.ts`. */
registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')
    return next(isOurs ? `${specifier.slice(0, -3)}.ts` : specifier, context)
  },
})
