import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseProfile } from '../../src/profiles/profile-file.js'
import { importRegisterMap } from '../../src/profiles/register-map/import-register-map.js'
import { scaleCell, tableCell, typeCell } from '../../src/profiles/register-map/map-cells.js'
import { workbookOf } from './workbook.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatterfix-map-'))
})
afterAll(() => rm(folder, { recursive: true }))

const GUESS = { columns: null, base: null, sheet: null } as const

async function imported(name: string, content: string | Buffer, options: Partial<Parameters<typeof importRegisterMap>[1]> = {}) {
  const path = join(folder, name)
  await writeFile(path, content)
  const map = await importRegisterMap(path, { ...GUESS, ...options })
  return { ...map, profile: parseProfile(map.text, { kind: 'own', path: name }) }
}

describe('a register map', () => {
  it('with the headings that makers use is understood by itself, register numbers too', async () => {
    const { profile, columns, base, problems, skipped } = await imported(
      'meter.csv',
      [
        'ACME PX-7 register list,,,,,',
        ',,,,,',
        'Register,Description,Data type,Unit,Multiplier,Function code',
        'Measured values,,,,,',
        '30001,Voltage L1,FLOAT32,V,1,04',
        '30071,Frequency,UINT16,Hz,0.01,04',
        '40101,"Set point, flow",INT16,m3/h,/10,03',
        '40103,Energy,UINT32 (CDAB),kWh,10^-1,03',
        '00003,Running,BOOL,,,01',
      ].join('\r\n'),
    )
    expect(columns).toBe('address=Register,name=Description,as=Data type,scale=Multiplier,unit=Unit,table=Function code')
    expect(base).toMatchObject({ kind: '4xxxx' })
    expect(problems).toEqual([])
    expect(skipped).toBe(1)
    expect(
      profile.registers.map(({ name, table, address, type, order, scale, unit, kind }) => [
        name,
        table,
        address,
        type,
        order,
        scale,
        unit,
        kind,
      ]),
    ).toEqual([
      ['voltage-l1', 'input', 0, 'float32', 'abcd', 1, 'V', 'voltage'],
      ['frequency', 'input', 70, 'uint16', 'abcd', 0.01, 'Hz', 'frequency'],
      ['set-point-flow', 'holding', 100, 'int16', 'abcd', 0.1, 'm³/h', 'flow'],
      ['energy', 'holding', 102, 'uint32', 'cdab', 0.1, 'kWh', 'energy'],
      ['running', 'coil', 2, 'boolean', 'abcd', 1, null, 'other'],
    ])
  })

  it('with columns that somebody names, semicolons, Latin-1 and lengths in bytes is taken too', async () => {
    const { profile, base } = await imported(
      'kessel.csv',
      Buffer.from('Nr;Was;Wie;Bytes;Einheit\n1;Temperatur Vorlauf;INT16;2;°C\n2;Zähler;UINT32;4;kWh\n4;Serie;ASCII;8;\n', 'latin1'),
      { columns: 'address=Nr,name=Was,as=Wie,length=Bytes,unit=Einheit', base: '1' },
    )
    expect(base.kind).toBe('1')
    expect(profile.registers.map(({ name, address, type, length, unit }) => [name, address, type, length, unit])).toEqual([
      ['temperatur-vorlauf', 0, 'int16', 1, '°C'],
      ['zahler', 1, 'uint32', 1, 'kWh'],
      ['serie', 3, 'string', 4, null],
    ])
  })

  it('with rows that make no sense gives the others, and says which rows and why', async () => {
    const { profile, problems, base } = await imported(
      'half.csv',
      'Address,Name,Type,Scale,Unit\n0x0A,Pressure,U16,0.1,bar\n11,Odd,INT24,1,\n12,Worse,UINT16,often,\nreserved 13,Gone,UINT16,1,\n99999,Far,UINT16,1,\n14,Pressure,S16,1,frogs\n',
    )
    expect(base).toMatchObject({ kind: '0', isSure: false })
    expect(profile.registers.map(({ name, address, type }) => [name, address, type])).toEqual([
      ['pressure', 10, 'uint16'],
      ['pressure-2', 14, 'int16'],
    ])
    expect(profile.registers[1]?.description).toContain('in frogs')
    expect(problems.map(({ row, problem }) => `${row}: ${problem}`)).toEqual([
      "3: the type 'INT24' is none of int16, uint16, int32, uint32, int64, uint64, float32, float64, bcd16, bcd32, boolean, string",
      "4: the scale 'often' is no number such as 0.1, /10 or 10^-1",
      "5: the address 'reserved 13' is no number such as 100, 40101 or 0x64",
      '6: the address 99999 is 99999 on the wire, which is not within 0 to 65535',
    ])
  })

  it('in an Excel workbook is read from the sheet that somebody names', async () => {
    const workbook = workbookOf({
      Cover: [['ACME PX-7']],
      Registers: [
        ['Address', 'Name', 'Type', 'Factor'],
        [0, 'Speed', 'UINT16', 0.1],
        [1, 'Torque', 'INT16', 1],
      ],
    })
    const { profile, base } = await imported('map.xlsx', workbook, { sheet: 'Registers' })
    expect(base).toMatchObject({ kind: '0', isSure: true })
    expect(profile.registers.map(({ name, address, type, scale }) => [name, address, type, scale])).toEqual([
      ['speed', 0, 'uint16', 0.1],
      ['torque', 1, 'int16', 1],
    ])
    await expect(imported('map2.xlsx', workbook, { sheet: 'Regs' })).rejects.toThrow(/no sheet 'Regs'/)
  })

  it.each([
    ['no addresses', 'a.csv', 'Name,Type\nSpeed,UINT16\n', 'REGISTER_MAP_INVALID'],
    ['nothing in it', 'b.csv', '', 'REGISTER_MAP_INVALID'],
    ['bytes that are no workbook', 'c.xlsx', 'PK\x03\x04 not a workbook', 'REGISTER_MAP_INVALID'],
    ['an old workbook', 'd.xls', 'x', 'REGISTER_MAP_INVALID'],
    ['too many rows', 'e.csv', `Address,Name\n${'1,x\n'.repeat(20_001)}`, 'REGISTER_MAP_INVALID'],
  ])('with %s is refused', async (_, name, content, code) => {
    await expect(imported(name, content)).rejects.toMatchObject({ code })
  })

  it('whose columns are named wrongly gets a hint', async () => {
    const text = 'Register,Label\n1,Speed\n'
    await expect(imported('f.csv', text, { columns: 'adress=Register' })).rejects.toMatchObject({
      facts: { because: 'did you mean address=…?' },
    })
    await expect(imported('g.csv', text, { columns: 'address=Registre,name=Label' })).rejects.toMatchObject({
      facts: { because: "there is a 'Register'" },
    })
  })
})

describe('cells', () => {
  it.each([
    ['0.1', 0.1],
    ['0,01', 0.01],
    ['/10', 0.1],
    ['÷ 100', 0.01],
    ['x10', 10],
    ['1/1000', 0.001],
    ['10^-2', 0.01],
    ['1E-3', 0.001],
    ['0.1 V', 0.1],
  ])('the scale %s is %d', (text, scale) => expect(scaleCell(text)).toBeCloseTo(scale, 12))

  it.each([
    ['Float', null, 'float32'],
    ['float', 4, 'float64'],
    ['IEEE754 64 bit', null, 'float64'],
    ['U_WORD', null, 'uint16'],
    ['S_DWORD', null, 'int32'],
    ['Unsigned Int', 2, 'uint32'],
    ['signed int 32', null, 'int32'],
    ['INT', 1, 'int16'],
    ['s64', null, 'int64'],
    ['word', null, 'uint16'],
    ['unsigned long', null, 'uint32'],
    ['BCD 32', null, 'bcd32'],
    ['bit', null, 'boolean'],
  ])('the type %s of %s registers is %s', (text, registers, type) => expect(typeCell(text, registers).type).toBe(type))

  it.each([
    ['FC 04', 'input'],
    ['3, 6, 16', 'holding'],
    ['4x', 'holding'],
    ['Input Register', 'input'],
    ['Discrete input', 'discrete'],
    ['0x01', 'coil'],
  ])('the table %s is %s', (text, table) => expect(tableCell(text)).toBe(table))
})
