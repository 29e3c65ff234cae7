"""A Modbus TCP server by pymodbus 3.0 on a free port of 127.0.0.1; prints the port when it is ready.

Unit 7 holds values that pymodbus's own payload builder laid out, unit 12 nothing but small numbers. Ends when its input does.
"""
import asyncio
import sys

from pymodbus.constants import Endian
from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.payload import BinaryPayloadBuilder
from pymodbus.server.async_io import ModbusTcpServer


def laid_out(wordorder, add):
    builder = BinaryPayloadBuilder(byteorder=Endian.Big, wordorder=wordorder)
    add(builder)
    return builder.to_registers()


def block(places):
    values = {}
    for start, registers in places.items():
        values.update({start + index: register for index, register in enumerate(registers)})
    return ModbusSparseDataBlock(values)


def floats(builder):
    for value in (23.4, 1480.25, 6.813, 81.07):
        builder.add_32bit_float(value)


UNIT_7 = ModbusSlaveContext(
    zero_mode=True,
    hr=block(
        {
            100: laid_out(Endian.Little, floats),
            200: laid_out(Endian.Big, lambda b: b.add_64bit_uint(2**53 + 1)),
            204: laid_out(Endian.Big, lambda b: b.add_32bit_int(-123456)),
            206: laid_out(Endian.Big, lambda b: b.add_64bit_float(-0.000123)),
            210: laid_out(Endian.Big, lambda b: b.add_string("PX-7 line 4     ")),
        }
    ),
    ir=block({3: [417, 65535]}),
    co=block({0: [True, False, True]}),
    di=block({8: [True]}),
)
UNIT_12 = ModbusSlaveContext(zero_mode=True, hr=block({0: [17, 18, 19]}), ir=block({0: [1]}), co=block({0: [False]}), di=block({0: [False]}))


async def main():
    identity = ModbusDeviceIdentification(
        info_name={"VendorName": "Acme", "ProductCode": "PX", "MajorMinorRevision": "2.1", "VendorUrl": "http://example.com", "ProductName": "PX series", "ModelName": "PX-7"}
    )
    context = ModbusServerContext(slaves={7: UNIT_7, 12: UNIT_12}, single=False)
    server = ModbusTcpServer(context, identity=identity, address=("127.0.0.1", 0), ignore_missing_slaves="silent" in sys.argv)
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print(server.server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


asyncio.run(main())
