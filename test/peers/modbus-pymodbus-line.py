"""A Modbus RTU or ASCII server by pymodbus 3.0 on a serial port: argv is `rtu` or `ascii`, then the port. Prints a line when it is ready; ends when its input does."""
import asyncio
import sys

from pymodbus.constants import Endian
from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.payload import BinaryPayloadBuilder
from pymodbus.server.async_io import ModbusSerialServer
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer


def laid_out(wordorder, add):
    builder = BinaryPayloadBuilder(byteorder=Endian.Big, wordorder=wordorder)
    add(builder)
    return builder.to_registers()


def block(places):
    return ModbusSparseDataBlock({start + index: register for start, registers in places.items() for index, register in enumerate(registers)})


def floats(builder):
    for value in (23.4, 1480.25, 6.813, 81.07):
        builder.add_32bit_float(value)


UNIT_7 = ModbusSlaveContext(
    zero_mode=True,
    hr=block({0: [4711], 100: laid_out(Endian.Little, floats), 204: laid_out(Endian.Big, lambda b: b.add_32bit_int(-123456))}),
    ir=block({3: [417, 65535]}),
    co=block({0: [True, False, True]}),
    di=block({8: [True]}),
)
UNIT_12 = ModbusSlaveContext(zero_mode=True, hr=block({0: [17, 18, 19]}), ir=block({0: [1]}), co=block({0: [False]}), di=block({0: [False]}))


async def main():
    identity = ModbusDeviceIdentification(info_name={"VendorName": "Acme", "ProductCode": "PX", "MajorMinorRevision": "2.1", "ModelName": "PX-7"})
    context = ModbusServerContext(slaves={7: UNIT_7, 12: UNIT_12}, single=False)
    framer = ModbusAsciiFramer if sys.argv[1] == "ascii" else ModbusRtuFramer
    server = ModbusSerialServer(context, framer=framer, identity=identity, port=sys.argv[2], baudrate=115200, ignore_missing_slaves=True)
    await server.start()
    serving = asyncio.ensure_future(server.serve_forever())
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


asyncio.run(main())
