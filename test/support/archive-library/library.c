/*
 * A stand-in for the vendor's archive library: the same exported functions, our own simple content. The "secret" of
 * Init is a folder. In it: page-<seq> (the answer to GetChatData after seq; none: an empty page), code (a number that
 * every GetChatData answers instead), media/<file id> (what a file holds).
 * A message is sealed as hexadecimal text of its bytes xor the key's, over and over.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct { char *buf; int len; } Slice;
typedef struct { char *outindexbuf; int out_len; char *data; int data_len; int is_finish; } MediaData;
typedef struct { char folder[512]; } Sdk;

enum { sliceBytes = 512 * 1024, badArgument = 10000, badFileId = 10005, cannotDecrypt = 10006, badKey = 10008 };
static int initialised = 0;

Sdk *NewSdk(void) { return calloc(1, sizeof(Sdk)); }
void DestroySdk(Sdk *sdk) { free(sdk); }
Slice *NewSlice(void) { return calloc(1, sizeof(Slice)); }
void FreeSlice(Slice *slice) { free(slice->buf); free(slice); }
char *GetContentFromSlice(Slice *slice) { return slice->buf; }
int GetSliceLen(Slice *slice) { return slice->len; }
MediaData *NewMediaData(void) { return calloc(1, sizeof(MediaData)); }
void FreeMediaData(MediaData *media) { free(media->outindexbuf); free(media->data); free(media); }
char *GetOutIndexBuf(MediaData *media) { return media->outindexbuf; }
char *GetData(MediaData *media) { return media->data; }
int GetIndexLen(MediaData *media) { return media->out_len; }
int GetDataLen(MediaData *media) { return media->data_len; }
int IsMediaDataFinish(MediaData *media) { return media->is_finish; }

static char *contentOf(const char *path, int *length) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *length = (int)ftell(file);
  rewind(file);
  char *content = calloc(1, *length + 1);
  if (fread(content, 1, *length, file) != (size_t)*length) *length = 0;
  fclose(file);
  return content;
}

int Init(Sdk *sdk, const char *corpid, const char *secret) {
  if (!corpid[0] || access(secret, R_OK) != 0) return badArgument;
  snprintf(sdk->folder, sizeof sdk->folder, "%s", secret);
  initialised = 1;
  printf("a library may print what it likes\n");
  fflush(stdout);
  return 0;
}

int GetChatData(Sdk *sdk, uint64_t seq, uint32_t limit, const char *proxy, const char *passwd, int timeout, Slice *slice) {
  char path[600];
  if (limit < 1 || limit > 1000) return badArgument;
  snprintf(path, sizeof path, "%s/hang", sdk->folder);
  while (access(path, R_OK) == 0) usleep(10000);
  snprintf(path, sizeof path, "%s/code", sdk->folder);
  char *code = contentOf(path, &slice->len);
  if (code) { int answer = atoi(code); free(code); return answer; }
  snprintf(path, sizeof path, "%s/page-%llu", sdk->folder, (unsigned long long)seq);
  slice->buf = contentOf(path, &slice->len);
  if (!slice->buf) { slice->buf = strdup("{\"errcode\":0,\"errmsg\":\"ok\",\"chatdata\":[]}"); slice->len = (int)strlen(slice->buf); }
  return 0;
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

int DecryptData(const char *key, const char *message, Slice *slice) {
  size_t keyLength = strlen(key), length = strlen(message) / 2;
  if (!initialised) abort();
  if (strcmp(message, "crash") == 0) abort();
  if (strncmp(message, "once:", 5) == 0) {
    /* Crashes unless the file it names is there, and leaves it. */
    FILE *been = fopen(message + 5, "r");
    if (!been) { fclose(fopen(message + 5, "w")); abort(); }
    fclose(been);
    slice->buf = strdup("{}");
    slice->len = 2;
    return 0;
  }
  if (strcmp(message, "hang") == 0) for (;;) pause();
  if (keyLength == 0) return badKey;
  slice->buf = calloc(1, length + 1);
  for (size_t i = 0; i < length; i++) {
    int high = digit(message[2 * i]), low = digit(message[2 * i + 1]);
    if (high < 0 || low < 0) return cannotDecrypt;
    slice->buf[i] = (char)((high * 16 + low) ^ key[i % keyLength]);
  }
  slice->len = (int)length;
  return slice->buf[0] == '{' ? 0 : cannotDecrypt;
}

int GetMediaData(Sdk *sdk, const char *index, const char *file, const char *proxy, const char *passwd, int timeout, MediaData *media) {
  char path[1200];
  int length = 0;
  long from = 0;
  snprintf(path, sizeof path, "%s/media/%s", sdk->folder, file);
  if (index[0] && sscanf(index, "Range:bytes=%ld-", &from) != 1) return badArgument;
  char *content = contentOf(path, &length);
  if (!content) return badFileId;
  media->data_len = length - from < sliceBytes ? (int)(length - from) : sliceBytes;
  media->data = calloc(1, media->data_len + 1);
  memcpy(media->data, content + from, media->data_len);
  free(content);
  media->is_finish = from + media->data_len >= length;
  if (media->is_finish) return 0;
  media->outindexbuf = calloc(1, 64);
  media->out_len = snprintf(media->outindexbuf, 64, "Range:bytes=%ld-%ld", from + sliceBytes, from + 2 * sliceBytes - 1);
  return 0;
}
