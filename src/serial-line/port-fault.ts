import { DriverFault } from '../drivers/fault.js'

/** Looking whether a local port is back costs nothing, so a line waits no longer than this between attempts. */
const LOOK_AGAIN_MS = 2000

const again = { retry: true, retryWithinMs: LOOK_AGAIN_MS } as const

export function portNotFound(path: string, cause?: unknown): DriverFault {
  return new DriverFault('PORT_NOT_FOUND', {
    ...again,
    message: `there is no serial port ${path}`,
    because: 'the system has no such device now: the adapter is unplugged, or it has another name since it was plugged in again',
    ...(cause === undefined ? {} : { cause }),
  })
}

/** The name that was asked for belongs to another adapter than when it was opened first. */
export function portTaken(path: string, names: { readonly was: string; readonly is: string }): DriverFault {
  return new DriverFault('PORT_NOT_FOUND', {
    ...again,
    message: `the adapter that was ${path} is not plugged in`,
    because: `${path} was ${names.was} when it was opened, and is ${names.is} now; another device may hang on that one`,
  })
}

export function portPermission(path: string, reason: { readonly because: string; readonly remedy: string }): DriverFault {
  return new DriverFault('PORT_PERMISSION', {
    message: `this user may not open ${path}`,
    because: reason.because,
    advice: { remedy: reason.remedy },
    retry: false,
  })
}

export function portInUse(path: string, reason: { readonly because: string; readonly remedy: string | null }): DriverFault {
  return new DriverFault('PORT_IN_USE', {
    ...again,
    message: `${path} is in use by another program`,
    because: reason.because,
    ...(reason.remedy === null ? {} : { advice: { remedy: reason.remedy } }),
  })
}

export function portRefused(path: string, because: string): DriverFault {
  return new DriverFault('PORT_REFUSED', { message: `${path} cannot be opened as a serial port`, because, retry: false })
}

export function portLost(path: string, because: string): DriverFault {
  return new DriverFault('CONNECTION_LOST', { ...again, message: `the serial port ${path} went away`, because })
}

export function portInterrupted(path: string): DriverFault {
  return new DriverFault('INTERRUPTED', { message: `stopped while opening ${path}`, retry: false })
}
