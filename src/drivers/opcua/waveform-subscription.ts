import {
  AttributeIds,
  type ClientSubscription,
  DataChangeFilter,
  DataChangeNotification,
  DataChangeTrigger,
  type DataValue,
  type NodeId,
  type NotificationMessage,
  TimestampsToReturn,
} from 'node-opcua-client'
import { DriverFault } from '../fault.js'
import type { OpcUaSession } from './session.js'
import { WaveformFollower } from './waveform-follower.js'
import type { WaveformSensor, WaveformSubscription } from './waveform-sensor.js'

const FASTEST_PUBLISHING_MS = 50
const SLOWEST_PUBLISHING_MS = 1000
/** Without news the server says at least so often that it lives. */
const KEEP_ALIVE_MS = 3000

/**
 * Has the server send every block once: monitored items with a queue and sampling interval 0, so that no block falls between two
 * reads. Blocks that were lost all the same become gaps.
 */
export async function subscribeToWaveforms(wanted: WaveformSubscription): Promise<ClientSubscription> {
  const { opened, waveforms } = wanted
  const { link, session } = opened
  const subscription = await link.ask('subscribe', () => session.createSubscription2(settingsOf(waveforms)))
  const followers = waveforms.map((waveform) => new WaveformFollower(waveform, wanted))
  const listeners = new NotificationListeners()
  subscription.on('received_notifications', (message: NotificationMessage) => {
    for (const change of (message.notificationData ?? []).filter((data) => data instanceof DataChangeNotification)) {
      for (const item of change.monitoredItems ?? []) listeners.deliver(item.clientHandle, item.value)
    }
    for (const follower of followers) follower.flush()
  })
  subscription.on('keepalive', () => {
    for (const follower of followers) follower.flush()
  })
  // What goes wrong in a subscription ends the line or the next request, and is told there.
  subscription.on('error', () => {})
  subscription.on('internal_error', () => {})
  for (const follower of followers) {
    for (const { node, queueSize, take } of follower.wants()) {
      const handle = await monitorNode(opened, subscription, node, queueSize)
      if (handle === null) follower.refuse(node.toString())
      else listeners.add(handle, take)
    }
    follower.flush()
  }
  return subscription
}

/** Early news of an item whose number we do not know yet: the server may send it with its answer. */
const MOST_EARLY = 64

/** Who takes the news of which monitored item. */
class NotificationListeners {
  readonly #takers = new Map<number, (answer: DataValue) => void>()
  readonly #early: { readonly handle: number; readonly answer: DataValue }[] = []

  add(handle: number, take: (answer: DataValue) => void): void {
    this.#takers.set(handle, take)
    for (const { answer } of this.#early.filter((one) => one.handle === handle)) take(answer)
  }

  deliver(handle: number, answer: DataValue): void {
    const take = this.#takers.get(handle)
    if (take) take(answer)
    else if (this.#early.length < MOST_EARLY) this.#early.push({ handle, answer })
  }
}

/** Two blocks may hold the same samples (a machine at rest): a new time alone is news. */
const EVERY_STAMP = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValueTimestamp, deadbandType: 0, deadbandValue: 0 })

/** The item's number in notifications; null where the server does not want to. A server without this filter is asked without. */
async function monitorNode(
  { link }: OpcUaSession,
  subscription: ClientSubscription,
  nodeId: NodeId,
  queueSize: number,
): Promise<number | null> {
  for (const filter of [EVERY_STAMP, undefined]) {
    const item = { nodeId, attributeId: AttributeIds.Value }
    const settings = { samplingInterval: 0, discardOldest: true, queueSize, ...(filter ? { filter } : {}) }
    const monitored = await link.ask('monitor', () => subscription.monitor(item, settings, TimestampsToReturn.Both))
    if (monitored.result?.statusCode.isGood()) return monitored.monitoringParameters.clientHandle
  }
  return null
}

function settingsOf(waveforms: readonly WaveformSensor[]): Parameters<OpcUaSession['session']['createSubscription2']>[0] {
  const wanted = Math.min(...waveforms.map(({ sensor }) => sensor.periodMs))
  const publishing = Math.min(SLOWEST_PUBLISHING_MS, Math.max(FASTEST_PUBLISHING_MS, wanted))
  const keepAlive = Math.ceil(KEEP_ALIVE_MS / publishing)
  return {
    requestedPublishingInterval: publishing,
    requestedMaxKeepAliveCount: keepAlive,
    requestedLifetimeCount: keepAlive * 10,
    // A message holds at most four things, so that long blocks stay below what a server packs into one answer.
    maxNotificationsPerPublish: 4,
    publishingEnabled: true,
    priority: 1,
  }
}

/** Whether address or server says how fast the samples follow each other. */
export function hasRate({ node, statedRateHz }: WaveformSensor): boolean {
  return statedRateHz !== null || node.rateHz !== null
}

export function withoutRate({ sensor }: WaveformSensor): DriverFault {
  return new DriverFault('OPCUA_NO_SAMPLE_RATE', {
    message: `how fast the samples of ${sensor.key} follow each other is stated neither in its address nor beside its node`,
    where: { sensor: sensor.key, address: sensor.address },
    advice: { address: sensor.address },
    retry: false,
  })
}
