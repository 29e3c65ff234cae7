/* A Modbus TCP server on libmodbus: one connection at a time, holding registers 0..65535 where register n holds n. Prints its port. */
#include <arpa/inet.h>
#include <modbus.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
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
    int length;
    while ((length = modbus_receive(context, query)) >= 0)
      if (length > 0) modbus_reply(context, query, length, mapping);
    modbus_close(context);
  }
  return 0;
}
