#include "cli/task.h"

#include <stdlib.h>

enum { WORTH_KEEPING = 4 << 20 };

void task_free(Task *task)
{
  if (task->kind == TASK_FILE) input_close(&task->input);
  free(task->memory);
  *task = (Task){0};
}

static Buffer emptied(Buffer buffer)
{
  if (buffer.capacity > WORTH_KEEPING || buffer.failed) buffer_free(&buffer);
  else buffer_clear(&buffer);
  return buffer;
}

void answer_clear(Answer *answer)
{
  *answer = (Answer){.out = emptied(answer->out), .text = emptied(answer->text), .messages = emptied(answer->messages), .stop = GO_ON};
}

void answer_free(Answer *answer)
{
  buffer_free(&answer->out);
  buffer_free(&answer->text);
  buffer_free(&answer->messages);
}
