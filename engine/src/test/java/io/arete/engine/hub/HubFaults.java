package io.arete.engine.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The faults that a test has planned; each comes so many times, the earliest planned first. */
final class HubFaults {

  private final List<Planned> planned = new CopyOnWriteArrayList<>();

  private record Planned(String lineStart, HubFault fault, AtomicInteger left) {}

  void plan(String lineStart, HubFault fault, int times) {
    planned.add(new Planned(lineStart, fault, new AtomicInteger(times)));
  }

  /** The fault for a request, which is one time less from now on; null if it has none. */
  HubFault next(HubServer.Seen request) {
    for (Planned plan : planned) {
      if (request.line().startsWith(plan.lineStart())
          && plan.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return plan.fault();
      }
    }
    return null;
  }
}
