/* Reads the same requests over and over on libmodbus, picks the wanted points out of each, and prints the rounds done per second.
   Arguments: port, seconds. Standard input: lines `from quantity point…`, a request and the addresses wanted of it. */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct request { int from, quantity, wanted, first; };

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  static struct request requests[70000];
  static int points[70000];
  static double values[70000];
  int count = 0, total = 0;
  char line[8192];
  while (fgets(line, sizeof line, stdin)) {
    struct request *request = &requests[count++];
    char *word = strtok(line, " \n");
    request->from = atoi(word);
    request->quantity = atoi(strtok(NULL, " \n"));
    request->first = total;
    while ((word = strtok(NULL, " \n"))) points[total++] = atoi(word);
    request->wanted = total - request->first;
  }
  modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
  modbus_set_slave(context, 1);
  modbus_set_response_timeout(context, 5, 0);
  if (modbus_connect(context) < 0) return 1;
  uint16_t registers[MODBUS_MAX_READ_REGISTERS];
  double started = now(), ends = started + atof(argv[2]);
  long rounds = 0;
  while (now() < ends) {
    for (int at = 0; at < count; at++) {
      struct request *request = &requests[at];
      if (modbus_read_registers(context, request->from, request->quantity, registers) < 0) return 1;
      for (int point = request->first; point < request->first + request->wanted; point++) {
        values[point] = registers[points[point] - request->from];
        if (values[point] != points[point]) return 3;
      }
    }
    rounds++;
  }
  printf("%f\n", rounds / (now() - started));
  modbus_close(context);
  return 0;
}
