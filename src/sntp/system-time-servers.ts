import { readFile } from 'node:fs/promises'

/** Where Linux keeps the names of its time servers, and how they are written there. */
const FILES: readonly { readonly path: string; readonly line: RegExp }[] = [
  { path: '/etc/systemd/timesyncd.conf', line: /^\s*(?:NTP|FallbackNTP)\s*=(.*)$/gm },
  { path: '/etc/chrony/chrony.conf', line: /^\s*(?:server|pool|peer)\s+(\S+)/gm },
  { path: '/etc/chrony.conf', line: /^\s*(?:server|pool|peer)\s+(\S+)/gm },
  { path: '/etc/ntpsec/ntp.conf', line: /^\s*(?:server|pool)\s+(\S+)/gm },
  { path: '/etc/ntp.conf', line: /^\s*(?:server|pool)\s+(\S+)/gm },
]

/** The time servers that this machine's own configuration names, in its order; none where it names none. Asking anybody else is not ours to decide. */
export async function systemTimeServers(): Promise<readonly string[]> {
  const texts = await Promise.all(FILES.map(async ({ path, line }) => serversIn(await readFile(path, 'utf8').catch(() => ''), line)))
  return [...new Set(texts.flat())]
}

export function serversIn(text: string, line: RegExp): readonly string[] {
  return [...text.matchAll(line)].flatMap(([, names = '']) => names.split(/\s+/).filter((name) => /^[A-Za-z0-9]/.test(name)))
}
