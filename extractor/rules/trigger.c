#include "rules/trigger.h"

bool trigger_derive(Arena *arena, const char *expanded, Trigger *trigger)
{
  (void)arena;
  (void)expanded;
  *trigger = (Trigger){0};
  return true;
}
