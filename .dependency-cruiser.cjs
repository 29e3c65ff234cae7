/** Imports point one way; test/architecture.test.ts holds these rules. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^src/', pathNot: allowed.map((folder) => `^src/${folder}`) },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('readings-know-nobody', 'readings/ are the words: they import nothing of ours but faults.', 'readings/', ['readings/', 'faults/']),
    only('concurrency-knows-nobody', 'concurrency/ merges sources of anything: it imports nothing of ours.', 'concurrency/', [
      'concurrency/',
    ]),
    only('faults-know-nobody', 'faults/ is a catalogue: facts come to it, it imports nothing.', 'faults/', ['faults/']),
    only('analysis-is-pure', 'analysis/ works on readings alone: no drivers, no files, no screen.', 'analysis/', [
      'analysis/',
      'readings/',
      'faults/',
    ]),
    only('sinks-take-freight', 'A sink knows readings and its contract; never a driver, never the screen.', 'sinks/(?!mqtt/)', [
      'sinks/',
      'recordings/',
      'readings/',
      'faults/',
      'drivers/contract.ts',
    ]),
    {
      name: 'sinks-borrow-from-mqtt',
      comment:
        'The MQTT sink speaks through the driver’s client and writes the waveform blocks that it reads; no other sink knows a driver.',
      severity: 'error',
      from: { path: '^src/sinks/mqtt/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(sinks|readings|faults)/', '^src/drivers/contract\\.ts$', '^src/drivers/mqtt/(client|waveform-block)\\.ts$'],
      },
    },
    only(
      'acquisition-is-the-road',
      'The road knows the contracts of both ends and the driver table, no single driver or sink.',
      'acquisition/',
      ['acquisition/', 'drivers/(contract|fault|registry)\\.ts', 'sinks/contract.ts', 'readings/', 'faults/'],
    ),
    only(
      'headless-looks-after',
      'headless/ looks after a run through what the road shows; it knows no driver, no sink, no screen.',
      'headless/',
      ['headless/', 'acquisition/', 'readings/', 'faults/', 'drivers/contract.ts', 'sinks/contract.ts'],
    ),
    only('dashboard-shows', 'The dashboard is a sink with a face: it reads no device and no disk.', 'dashboard/', [
      'dashboard/',
      'output/',
      'sinks/contract.ts',
      'drivers/contract.ts',
      'readings/',
      'faults/',
    ]),
    only(
      'layouts-are-files',
      'layouts/ keeps trees of panes in files; it knows what a layout is, and no driver, sink or command.',
      'layouts/',
      ['layouts/', 'dashboard/', 'recordings/replace-file.ts', 'site/', 'readings/', 'faults/'],
    ),
    {
      name: 'drivers-know-their-own',
      comment: 'A driver imports readings, the contract, its fault and its own folder; never another driver.',
      severity: 'error',
      from: { path: '^src/drivers/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/drivers/$1/',
          '^src/drivers/(contract|fault)\\.ts$',
          '^src/(readings|faults)/',
          '^src/plant/(machine/|plant-model|plant-faults|points|plant-time|nameplates)',
          '^src/recordings/',
          '^src/(serial-line|concurrency)/',
          '^src/profiles/(device-profile|profile-choice)\\.ts$',
          '^src/clone/device-clone\\.ts$',
        ],
      },
    },
    {
      name: 'plant-only-for-the-simulator',
      comment: 'Only the simulator driver plays the embedded machine.',
      severity: 'error',
      from: { path: '^src/drivers/(?!simulator/)' },
      to: { path: '^src/plant/' },
    },
    {
      name: 'recordings-only-for-their-driver',
      comment: 'Only the recording driver opens recordings.',
      severity: 'error',
      from: { path: '^src/drivers/(?!recording/)' },
      to: { path: '^src/recordings/' },
    },
    {
      name: 'serial-line-for-serial-buses',
      comment: 'Only drivers of serial buses and discovery touch serial ports.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(serial-line/|drivers/(modbus|serial)/|discovery/)' },
      to: { path: '^src/serial-line/' },
    },
    only('serial-line-knows-ports', 'serial-line/ opens and lists ports; it knows no bus.', 'serial-line/', [
      'serial-line/',
      'drivers/fault.ts',
      'faults/',
    ]),
    {
      name: 'serialport-in-serial-line',
      comment: 'The serialport package is loaded in serial-line/ only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/serial-line/' },
      to: { path: 'node_modules/(@serialport/[^/]+|serialport)/' },
    },
    {
      name: 'one-table-of-drivers',
      comment: 'Only registry.ts names drivers (the plant, profiles, clones and the MQTT sink borrow codecs).',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/drivers/', '^src/plant/', '^src/(profiles|clone)/', '^src/sinks/mqtt/'] },
      to: { path: '^src/drivers/[^/]+/' },
    },
    {
      name: 'profiles-know-codecs',
      comment: 'Profiles and clones borrow the words and codecs of Modbus; they open no line and start no driver.',
      severity: 'error',
      from: { path: '^src/(profiles|clone)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(profiles|clone|readings|faults)/',
          '^src/drivers/(contract|fault)\\.ts$',
          '^src/drivers/modbus/(address|register-type|register-codec|register-number|pdu|mbap|identification-pdu)\\.ts$',
        ],
      },
    },
    {
      name: 'ink-in-the-dashboard',
      comment: 'Ink and React live in dashboard/ only.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dashboard/' },
      to: { path: 'node_modules/(ink|react)/' },
    },
    {
      name: 'nobody-imports-commands',
      comment: 'Commands are the edge: nothing imports them.',
      severity: 'error',
      from: { path: '^src/(?!commands/)' },
      to: { path: '^src/commands/' },
    },
    {
      name: 'no-env-below-the-edge',
      comment: 'Only the edge (cli/, commands/, output/) may look at the process.',
      severity: 'error',
      from: { path: '^src/(drivers|analysis|readings|sinks|acquisition)/' },
      to: { path: '^(node:)?process$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
