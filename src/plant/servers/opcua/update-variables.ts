import { DataType, StatusCodes, VariantArrayType } from 'node-opcua'
import { ticks } from '../../plant-time.js'
import type { RunningPlant } from '../../running-plant.js'
import type { PlantVariables, WaveformVariables } from './address-space.js'

const UPDATE_EVERY_S = 0.5

/** Sets every variable as plant time goes by; ends with `plant.signal`. */
export async function updateVariables(plant: RunningPlant, variables: PlantVariables): Promise<void> {
  await Promise.all([updatePoints(plant, variables), ...variables.waveforms.map((waveform) => updateWaveform(plant, waveform))])
}

async function updatePoints(plant: RunningPlant, { points }: PlantVariables): Promise<void> {
  for await (const tick of ticks(plant.time, UPDATE_EVERY_S, plant.signal)) {
    const timeS = tick * UPDATE_EVERY_S
    const at = stampDate(plant, timeS)
    for (const { point, variable } of points) {
      if ((timeS * 1000) % point.periodMs !== 0) continue
      variable.setValueFromSource({ dataType: DataType.Double, value: plant.model.scalar(point.key, timeS) ?? 0 }, StatusCodes.Good, at)
    }
  }
}

/** Samples and sequence carry the time of the block's first sample, so that a client can pair them. */
async function updateWaveform(plant: RunningPlant, { waveform, samples, sequence }: WaveformVariables): Promise<void> {
  const blockS = waveform.blockSamples / waveform.sampleRateHz
  for await (const tick of ticks(plant.time, blockS, plant.signal)) {
    const block = tick - 1
    if (block < 0) continue
    const value = plant.model.samples(waveform.key, block * waveform.blockSamples, waveform.blockSamples) ?? new Float32Array()
    const startedAt = stampDate(plant, block * blockS)
    sequence.setValueFromSource({ dataType: DataType.UInt32, value: block }, StatusCodes.Good, startedAt)
    samples.setValueFromSource({ dataType: DataType.Float, arrayType: VariantArrayType.Array, value }, StatusCodes.Good, startedAt)
    plant.published.opcuaWaveforms++
  }
}

function stampDate(plant: RunningPlant, timeS: number): Date {
  return new Date(Math.round(plant.time.stampAt(timeS) / 1000))
}
