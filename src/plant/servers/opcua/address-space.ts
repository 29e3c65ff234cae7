import { type AddressSpace, DataType, type Namespace, type UAObject, type UAVariable, VariantArrayType } from 'node-opcua'
import { PLANT_ASSETS } from '../../nameplates.js'
import { PLANT_POINTS, PLANT_WAVEFORMS, type PlantPoint, type PlantWaveform } from '../../points.js'
import { engineeringUnit } from './engineering-units.js'

export interface WaveformVariables {
  readonly waveform: PlantWaveform
  readonly samples: UAVariable
  readonly sequence: UAVariable
}

/** The plant's variables, to be set as time goes by. */
export interface PlantVariables {
  readonly points: readonly { readonly point: PlantPoint; readonly variable: UAVariable }[]
  readonly waveforms: readonly WaveformVariables[]
}

/** Builds an object for each asset with its points (EngineeringUnits, EURange) and its waveform below it; NodeIds are the plant's keys. */
export function buildAddressSpace(addressSpace: AddressSpace): PlantVariables {
  const namespace = addressSpace.getOwnNamespace()
  const points: { point: PlantPoint; variable: UAVariable }[] = []
  const waveforms: WaveformVariables[] = []
  for (const asset of PLANT_ASSETS) {
    const parent = namespace.addObject({
      organizedBy: addressSpace.rootFolder.objects,
      browseName: asset.key,
      nodeId: `s=${asset.key}`,
      description: asset.description,
    })
    for (const point of PLANT_POINTS) {
      if (point.asset === asset.key) points.push({ point, variable: addPoint(namespace, parent, point) })
    }
    for (const waveform of PLANT_WAVEFORMS) {
      if (waveform.asset === asset.key) waveforms.push(addWaveform(namespace, parent, waveform))
    }
  }
  return { points, waveforms }
}

function addPoint(namespace: Namespace, parent: UAObject, point: PlantPoint): UAVariable {
  return namespace.addAnalogDataItem({
    componentOf: parent,
    browseName: point.name,
    nodeId: `s=${point.key}`,
    description: point.description,
    dataType: DataType.Double,
    engineeringUnits: engineeringUnit(point.unit),
    engineeringUnitsRange: point.range,
    accessLevel: 'CurrentRead',
    userAccessLevel: 'CurrentRead',
    // 0: a monitored item hears of every change instead of looking now and then.
    minimumSamplingInterval: 0,
  })
}

function addWaveform(namespace: Namespace, parent: UAObject, waveform: PlantWaveform): WaveformVariables {
  const object = namespace.addObject({ componentOf: parent, browseName: waveform.name, nodeId: `s=${waveform.key}` })
  const readOnly = { componentOf: object, accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead', minimumSamplingInterval: 0 } as const
  const samples = namespace.addAnalogDataItem({
    ...readOnly,
    browseName: 'Samples',
    nodeId: `s=${waveform.key}/Samples`,
    dataType: DataType.Float,
    valueRank: 1,
    arrayDimensions: [0],
    engineeringUnits: engineeringUnit(waveform.unit),
    engineeringUnitsRange: { low: -500, high: 500 },
    value: { dataType: DataType.Float, arrayType: VariantArrayType.Array, value: new Float32Array(0) },
  })
  const rate = namespace.addVariable({
    ...readOnly,
    browseName: 'SampleRateHz',
    nodeId: `s=${waveform.key}/SampleRateHz`,
    dataType: DataType.Double,
  })
  rate.setValueFromSource({ dataType: DataType.Double, value: waveform.sampleRateHz })
  const sequence = namespace.addVariable({
    ...readOnly,
    browseName: 'Sequence',
    nodeId: `s=${waveform.key}/Sequence`,
    dataType: DataType.UInt32,
  })
  return { waveform, samples, sequence }
}
