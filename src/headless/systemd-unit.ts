import { dirname } from 'node:path'
import { systemdWord } from './systemd-word.js'

/** What a unit needs to know of the recording that it keeps going. */
export interface UnitWishes {
  /** Program and arguments; paths absolute, no secrets. */
  readonly command: readonly [string, ...string[]]
  readonly workingFolder: string
  /** The `--out`, absolute; may hold `{start}`. */
  readonly out: string
  /** Other places that are written or read, absolute. */
  readonly writes: readonly string[]
  readonly reads: readonly string[]
  /** Serial ports in use, e.g. `/dev/ttyUSB0`. */
  readonly ports: readonly string[]
  /** Who runs it where the recording lies outside /var/lib/chatterfix; a user of its own where it lies there. */
  readonly user: string
  /** Names of environment variables that hold credentials. */
  readonly secrets: readonly string[]
}

const STATE = '/var/lib/chatterfix'
const RUNTIME = '/run/chatterfix'
const WATCHDOG = '60s'
const CREDENTIALS = '/etc/chatterfix/credentials'

/** A unit for `record`, as closed as its work allows. `systemd-analyze security` says how closed. */
export function systemdUnit(wishes: UnitWishes): string {
  return [
    ...head(wishes),
    ...service(wishes),
    ...user(wishes),
    ...hardening(wishes),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n')
}

function head({ secrets }: UnitWishes): readonly string[] {
  return [
    '# Save as /etc/systemd/system/chatterfix-record.service, then:',
    '#   systemctl daemon-reload && systemctl enable --now chatterfix-record',
    '# After a change of the site file: systemctl reload chatterfix-record',
    ...(secrets.length > 0 ? [`# Before the first start: one file per credential in ${CREDENTIALS}, owned by root, mode 0600.`] : []),
    '[Unit]',
    'Description=ChatterFix recorder',
    'Wants=network-online.target',
    'After=network-online.target time-sync.target',
    'StartLimitIntervalSec=0',
    '',
  ]
}

function service({ command, workingFolder, secrets }: UnitWishes): readonly string[] {
  return [
    '[Service]',
    'Type=notify',
    '# systemd-notify, which tells for us, is a process of its own.',
    'NotifyAccess=all',
    `ExecStart=${command.map(systemdWord).join(' ')}`,
    'ExecReload=/bin/kill -HUP $MAINPID',
    `WorkingDirectory=${workingFolder.replaceAll('%', '%%')}`,
    `WatchdogSec=${WATCHDOG}`,
    'TimeoutStartSec=5min',
    'TimeoutStopSec=90s',
    'Restart=on-failure',
    'RestartSec=5s',
    '# Wrong words and a folder that is complete stay wrong however often one tries.',
    'RestartPreventExitStatus=2',
    '# Certificates and what waits for far ends lie in the state directory.',
    'Environment=XDG_DATA_HOME=/var/lib',
    'StateDirectory=chatterfix',
    'RuntimeDirectory=chatterfix',
    ...secrets.map((name) => `LoadCredential=${name}:${CREDENTIALS}/${name}`),
  ]
}

function user({ out, writes, user: name, ports }: UnitWishes): readonly string[] {
  const elsewhere = [dirname(out), ...writes.map((path) => dirname(path))].filter((folder) => !isWithin(folder, [STATE, RUNTIME]))
  const folders = [...new Set(elsewhere)]
  return [
    ...(folders.length === 0 ? ['DynamicUser=yes'] : [`User=${name}`]),
    ...folders.map((folder) => `ReadWritePaths=${systemdWord(folder)}`),
    ...(ports.length > 0 ? ['SupplementaryGroups=dialout'] : []),
  ]
}

function hardening({ command, workingFolder, out, writes, reads, ports }: UnitWishes): readonly string[] {
  const used = [...command.slice(0, 2), workingFolder, out, ...writes, ...reads]
  const isAtHome = used.some((path) => isWithin(path, ['/home', '/root', '/run/user']))
  const isInTmp = used.some((path) => isWithin(path, ['/tmp', '/var/tmp']))
  return [
    '',
    'ProtectSystem=strict',
    `ProtectHome=${isAtHome ? 'read-only' : 'yes'}`,
    `PrivateTmp=${isInTmp ? 'no' : 'yes'}`,
    ...(ports.length === 0
      ? ['PrivateDevices=yes', 'PrivateUsers=yes']
      : ['DevicePolicy=closed', ...classesOf(ports).map((one) => `DeviceAllow=${one} rw`)]),
    ...['NoNewPrivileges', 'ProtectKernelTunables', 'ProtectKernelModules', 'ProtectKernelLogs', 'ProtectControlGroups'].map(yes),
    ...[
      'ProtectClock',
      'ProtectHostname',
      'RestrictNamespaces',
      'RestrictRealtime',
      'RestrictSUIDSGID',
      'LockPersonality',
      'RemoveIPC',
    ].map(yes),
    'ProtectProc=invisible',
    '# MemoryDenyWriteExecute would keep V8 from compiling.',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'CapabilityBoundingSet=',
    'AmbientCapabilities=',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged @resources',
    'SystemCallErrorNumber=EPERM',
    'KeyringMode=private',
    'UMask=0027',
  ]
}

function yes(setting: string): string {
  return `${setting}=yes`
}

/** A port's number changes when it is plugged in again; its class does not. A stable name may stand for an adapter of either kind. */
function classesOf(ports: readonly string[]): readonly string[] {
  const classes = ports.flatMap((port) => {
    const kind = /^\/dev\/(tty[A-Z]+)\d+$/.exec(port)?.[1]
    if (kind !== undefined) return [`char-${kind}`]
    return port.startsWith('/dev/serial/') ? ['char-ttyUSB', 'char-ttyACM'] : [port]
  })
  return [...new Set(classes)]
}

function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
}
