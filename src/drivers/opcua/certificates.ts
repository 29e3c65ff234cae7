import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { DriverFault } from '../fault.js'

/** Our own certificate, and what we think of those of others, below the state folder: `own`, `trusted`, `rejected`, `issuers`. */
export function certificateStore(stateFolder: string): OPCUACertificateManager {
  return new OPCUACertificateManager({
    rootFolder: join(stateFolder, 'opcua', 'pki'),
    automaticallyAcceptUnknownCertificate: false,
    disableFileWatchers: true,
  })
}

/** @throws DriverFault OPCUA_CERTIFICATE_UNTRUSTED that says how to trust it. */
export async function requireTrust(certificate: Uint8Array, store: OPCUACertificateManager, address: string): Promise<void> {
  const der = Buffer.from(certificate)
  await store.initialize()
  const status = der.length === 0 ? undefined : await store.checkCertificate(der)
  if (status?.isGood()) return
  const thumbprint = createHash('sha1').update(der).digest('hex')
  const folder = join(store.rootDir, 'rejected')
  const files = await readdir(folder).catch(() => [])
  const file = files.find((name) => name.includes(thumbprint)) ?? files.at(-1) ?? ''
  throw new DriverFault('OPCUA_CERTIFICATE_UNTRUSTED', {
    message: `the certificate that ${address} shows is not trusted`,
    where: { address, thumbprint, folder: store.rootDir },
    because: status ? status.toString() : 'the server shows no certificate',
    advice: {
      address,
      rejected: join(folder, file),
      trusted: join(store.rootDir, 'trusted', 'certs'),
    },
    retry: false,
  })
}
