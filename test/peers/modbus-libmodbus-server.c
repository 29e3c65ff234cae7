/* A Modbus server on libmodbus: `tcp 127.0.0.1` on a free port, or `rtu DEVICE UNIT`. Prints the port (or 0) when it listens; ends with its input.
   Holding 100-101: float 23.4 by modbus_set_float, low word first (the names of modbus_set_float_abcd… mean other orders in 3.1.6); 200-209: 1000+n; input 3: 417; coils 0 and 2 on. */
#include <arpa/inet.h>
#include <modbus.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int ended(int fd) {
  struct pollfd watched[2] = {{.fd = fd, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  if (poll(watched, 2, -1) < 0) return 1;
  return watched[1].revents != 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int is_tcp = strcmp(argv[1], "tcp") == 0;
  modbus_t *line = is_tcp ? modbus_new_tcp(argv[2], 0) : modbus_new_rtu(argv[2], 115200, 'N', 8, 1);
  modbus_mapping_t *map = modbus_mapping_new(16, 16, 300, 16);
  if (!line || !map) return 1;
  modbus_set_float(23.4f, map->tab_registers + 100);
  for (int at = 0; at < 10; at++) map->tab_registers[200 + at] = 1000 + at;
  map->tab_input_registers[3] = 417;
  map->tab_bits[0] = map->tab_bits[2] = 1;
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  int listener = -1;
  int port = 0;
  if (is_tcp) {
    listener = modbus_tcp_listen(line, 4);
    struct sockaddr_in place;
    socklen_t size = sizeof place;
    if (listener < 0 || getsockname(listener, (struct sockaddr *)&place, &size) < 0) return 1;
    port = ntohs(place.sin_port);
  } else {
    modbus_set_slave(line, atoi(argv[3]));
    if (modbus_connect(line) < 0) return 1;
  }
  printf("%d\n", port);
  fflush(stdout);
  while (is_tcp ? !ended(listener) : 1) {
    if (is_tcp && modbus_tcp_accept(line, &listener) < 0) break;
    while (!ended(modbus_get_socket(line))) {
      int length = modbus_receive(line, query);
      if (length > 0) modbus_reply(line, query, length, map);
      else if (length < 0 && is_tcp) break;
      else if (length < 0) modbus_flush(line);
    }
    if (!is_tcp) break;
    modbus_close(line);
  }
  modbus_mapping_free(map);
  modbus_free(line);
  return 0;
}
