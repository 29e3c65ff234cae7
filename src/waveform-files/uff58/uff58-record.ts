/** Dataset 58, "Function at Nodal DOF" (SDRC Universal File Format; UC-SDRL). Only what a time record needs. */

export const TIME_RESPONSE = 1
/** Record 7, field 1. */
export const ORDINATE_TYPE = { single: 2, double: 4, complexSingle: 5, complexDouble: 6 } as const
/** Record 8 and 9, field 1: specific data type. */
export const DATA_KIND = {
  unknown: 0,
  general: 1,
  displacement: 8,
  velocity: 11,
  acceleration: 12,
  force: 13,
  pressure: 15,
  time: 17,
} as const
/** Lines between the header and the numbers. */
export const HEAD_LINES = 11
/** Of the 58b header (I6,A1,I6,I6,I12,I12,I6,I6,I12,I12). */
export const BYTE_ORDER = { little: 1, big: 2 } as const
export const FLOAT_FORMAT = { ieee: 2 } as const
export const LONGEST_ID = 80

/** What we write into ID lines 4 and 5 because the numbers of record 7 have five decimals and no place for microseconds. */
export const STARTED_AT = 'started_at '
export const SAMPLE_RATE = 'sample_rate_hz '
/** Behind the rate where 13 digits stand for numbers of single precision. */
export const SINGLE = 'single'
