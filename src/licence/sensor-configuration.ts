import { z } from 'zod'

export const SENSOR_TYPES = ['temperature', 'pressure', 'vibration', 'flow', 'electrical', 'environmental', 'mechanical'] as const
export type SensorType = (typeof SENSOR_TYPES)[number]

/** ChatterFix's own protocols, and those of its product sheet. */
export const PROTOCOLS = [
  'modbus_tcp',
  'modbus_rtu',
  'mqtt',
  'http_api',
  'serial',
  'opc_ua',
  'profinet',
  'ethernet_ip',
  'coap',
  'lorawan',
  'sigfox',
  'nb_iot',
  'wifi',
  'bluetooth',
  'zigbee',
  'z_wave',
  'rs485',
  'rs232',
  'can_bus',
  'hart',
  'aws_iot',
  'azure_iot',
  'google_cloud_iot',
] as const
export type Protocol = (typeof PROTOCOLS)[number]

export const SENSOR_NAME = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)

const DAY_S = 86_400

/** A sensor as ChatterFix keeps it. */
export const sensorConfigurationSchema = z.strictObject({
  name: SENSOR_NAME,
  sensor_type: z.enum(SENSOR_TYPES),
  protocol: z.enum(PROTOCOLS),
  connection_params: z.record(z.string().max(64), z.unknown()),
  data_mapping: z.record(z.string().max(64), z.unknown()),
  /** Seconds. */
  sampling_interval: z.number().positive().max(DAY_S).default(60),
  alert_thresholds: z.record(z.string().max(64), z.number()).default({}),
  asset_id: z.string().max(128).nullable().default(null),
  location: z.string().max(256).nullable().default(null),
})

export type SensorConfiguration = z.infer<typeof sensorConfigurationSchema>
