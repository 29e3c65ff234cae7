import { analysisFaults } from './catalogue/analysis.js'
import { commissioningFaults } from './catalogue/commissioning.js'
import { configurationFaults } from './catalogue/configuration.js'
import { driverFaults } from './catalogue/driver.js'
import { exchangeFaults } from './catalogue/exchange.js'
import { headlessFaults } from './catalogue/headless.js'
import { layoutFaults } from './catalogue/layouts.js'
import { licenceFaults } from './catalogue/licence.js'
import { modbusFaults } from './catalogue/modbus.js'
import { mqttFaults } from './catalogue/mqtt.js'
import { opcuaFaults } from './catalogue/opcua.js'
import { plantFaults } from './catalogue/plant.js'
import { profileFaults } from './catalogue/profiles.js'
import { programFaults } from './catalogue/program.js'
import { recordingFaults } from './catalogue/recording.js'
import { serialFaults } from './catalogue/serial.js'
import { sinkFaults } from './catalogue/sinks.js'
import { writingFaults } from './catalogue/writing.js'
import type { CatalogueEntry } from './exit-code.js'

/** Every fault a user can see. */
export const CATALOGUE = {
  ...programFaults,
  ...configurationFaults,
  ...commissioningFaults,
  ...driverFaults,
  ...modbusFaults,
  ...serialFaults,
  ...mqttFaults,
  ...opcuaFaults,
  ...plantFaults,
  ...profileFaults,
  ...recordingFaults,
  ...headlessFaults,
  ...sinkFaults,
  ...exchangeFaults,
  ...analysisFaults,
  ...licenceFaults,
  ...layoutFaults,
  ...writingFaults,
} as const satisfies Record<string, CatalogueEntry>

export type FaultCode = keyof typeof CATALOGUE
