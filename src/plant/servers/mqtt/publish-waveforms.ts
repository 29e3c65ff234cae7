import { encodeWaveformBlock, type WaveformBlock } from '../../../drivers/mqtt/waveform-block.js'
import { encodeWaveformJson } from '../../../drivers/mqtt/waveform-json.js'
import { ticks } from '../../plant-time.js'
import { PLANT_WAVEFORMS, type PlantWaveform } from '../../points.js'
import type { RunningPlant } from '../../running-plant.js'
import type { Broker } from './broker.js'
import { isDroppedOut } from './dropout.js'

/** pump-247's sensor speaks binary, fan-112's JSON. */
const SPELLING: Readonly<Record<string, 'binary' | 'json'>> = { 'pump-247': 'binary', 'fan-112': 'json' }

/** Block after block of every waveform on `plant/ASSET/POINT/waveform`; block n begins exactly n block lengths after the plant's start. */
export async function publishWaveforms(plant: RunningPlant, broker: Broker): Promise<void> {
  await Promise.all(PLANT_WAVEFORMS.map((waveform) => publishBlocks(plant, broker, waveform)))
}

async function publishBlocks(plant: RunningPlant, broker: Broker, waveform: PlantWaveform): Promise<void> {
  const blockS = waveform.blockSamples / waveform.sampleRateHz
  for await (const tick of ticks(plant.time, blockS, plant.signal)) {
    const sequence = tick - 1
    if (sequence < 0 || isDroppedOut(plant, sequence * blockS)) continue
    const samples = plant.model.samples(waveform.key, sequence * waveform.blockSamples, waveform.blockSamples) ?? new Float32Array()
    const startedAt = plant.time.stampAt(sequence * blockS)
    const payload = spell(waveform, { startedAt, sampleRateHz: waveform.sampleRateHz, sequence, unit: waveform.unit, samples })
    await broker.publish(`plant/${waveform.key}/waveform`, payload)
    plant.published.mqttWaveforms++
  }
}

function spell(waveform: PlantWaveform, block: WaveformBlock): Buffer | string {
  if (SPELLING[waveform.asset] === 'json') {
    return encodeWaveformJson({ ...block, samples: Float64Array.from(block.samples, (sample) => Math.round(sample * 1000) / 1000) })
  }
  const bytes = encodeWaveformBlock(block)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
