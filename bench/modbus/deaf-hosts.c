/* Hosts that are silent to a knock: listens on 127.0.PREFIX.n:PORT for every n given and lets the queue of connections run full, so that the kernel
   drops every further one without an answer. Arguments: prefix, port, n… Prints `ready`; ends when its standard input does. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  for (int at = 3; at < argc; at++) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    address.sin_addr.s_addr = htonl((127u << 24) | (atoi(argv[1]) << 8) | atoi(argv[at]));
    int one = 1, listening = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listening, (struct sockaddr *)&address, sizeof address) < 0 || listen(listening, 0) < 0) return 1;
    for (int knock = 0; knock < 3; knock++) {
      int filling = socket(AF_INET, SOCK_STREAM, 0);
      fcntl(filling, F_SETFL, O_NONBLOCK);
      connect(filling, (struct sockaddr *)&address, sizeof address);
    }
  }
  printf("ready\n");
  fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0) {}
  return 0;
}
