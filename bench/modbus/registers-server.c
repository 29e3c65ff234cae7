/* A Modbus TCP server on libmodbus: one connection at a time, holding registers 0..65535 where register n holds n. Prints its port.
   libmodbus leaves Nagle's algorithm on for the connections it accepts; with the argument `nodelay` it is switched off. */
#include <arpa/inet.h>
#include <modbus.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  (void)argv;
  modbus_t *context = modbus_new_tcp("127.0.0.1", 0);
  modbus_mapping_t *mapping = modbus_mapping_new(0, 0, 65536, 0);
  for (int at = 0; at < 65536; at++) mapping->tab_registers[at] = (uint16_t)at;
  int listening = modbus_tcp_listen(context, 4);
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  if (listening < 0 || getsockname(listening, (struct sockaddr *)&address, &size) < 0) return 1;
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  while (modbus_tcp_accept(context, &listening) >= 0) {
    int length, one = 1;
    if (argc > 1) setsockopt(modbus_get_socket(context), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    while ((length = modbus_receive(context, query)) >= 0)
      if (length > 0) modbus_reply(context, query, length, mapping);
    modbus_close(context);
  }
  return 0;
}
