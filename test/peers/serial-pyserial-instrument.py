"""A SCPI instrument on a serial port, by pyserial, which locks the port. Prints `ready`; ends with its input."""
import sys
import threading

import serial

port = serial.Serial(sys.argv[1], 9600, timeout=0.1, exclusive=True)
print("ready", flush=True)
ended = threading.Event()


def answer():
    count = 0
    while not ended.is_set():
        line = port.readline().strip()
        if line == b"MEAS?":
            count += 1
            port.write(b"%+.4E\r\n" % (count * 0.5))
        elif line == b"*IDN?":
            port.write(b"Acme Instruments,M-1,0815,2.0\r\n")


thread = threading.Thread(target=answer)
thread.start()
sys.stdin.read()
ended.set()
thread.join()
