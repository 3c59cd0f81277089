// A Lambda runtime with as little as can be: it asks for an event, and answers each one with the
// same response, over one connection. What `dev` can do is measured with it, without Dart's part.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char BODY[] =
    "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\"},"
    "\"body\":\"{\\\"message\\\":\\\"hello\\\"}\",\"isBase64Encoded\":false}";

static char buffer[1 << 16];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int connect_to(const char *api) {
  char host[64];
  int port;
  if (api == NULL || sscanf(api, "%63[^:]:%d", host, &port) != 2) fail("AWS_LAMBDA_RUNTIME_API");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

/** Reads a response with a Content-Length, whole. */
static void receive(int fd) {
  size_t size = 0;
  for (;;) {
    ssize_t count = read(fd, buffer + size, sizeof buffer - 1 - size);
    if (count <= 0) exit(0);
    size += count;
    buffer[size] = 0;
    char *end = strstr(buffer, "\r\n\r\n");
    if (end == NULL) continue;
    char *length = strcasestr(buffer, "\r\ncontent-length: ");
    size_t body = length != NULL && length < end ? strtoul(length + 18, NULL, 10) : 0;
    if (size >= (size_t)(end + 4 - buffer) + body) return;
  }
}

static void send_all(int fd, const char *text) {
  if (write(fd, text, strlen(text)) < 0) fail("write");
}

int main(void) {
  const char *api = getenv("AWS_LAMBDA_RUNTIME_API");
  int fd = connect_to(api);
  char next[256], response[1024], id[128];
  snprintf(next, sizeof next,
           "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", api);
  for (;;) {
    send_all(fd, next);
    receive(fd);
    char *header = strcasestr(buffer, "\r\nlambda-runtime-aws-request-id: ");
    if (header == NULL || sscanf(header + 33, "%127[^\r]", id) != 1) exit(1);
    snprintf(response, sizeof response,
             "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: %s\r\n"
             "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
             id, api, sizeof BODY - 1, BODY);
    send_all(fd, response);
    receive(fd);
  }
}
