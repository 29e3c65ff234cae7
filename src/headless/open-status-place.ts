import { openStatusFile } from './status-file.js'
import type { StatusPlace } from './status-place.js'
import { openStatusSocket } from './status-socket.js'

const SOCKET = 'unix:'

/**
 * Opens `--status`: `unix:PATH` is a socket that gives the state to whoever connects, all else a file that is written anew each time.
 * @throws Fault STATUS_PLACE_UNUSABLE where somebody else's file or socket is in the way.
 */
export function openStatusPlace(place: string, warn: (text: string) => void): Promise<StatusPlace> {
  return place.startsWith(SOCKET) ? openStatusSocket(place.slice(SOCKET.length), warn) : openStatusFile(place, warn)
}
