package io.arete.rlaif.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that has less than its machine must count, or a run is killed for memory. */
class FreeMemoryTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void machine() throws IOException {
    write("proc/meminfo", "MemTotal:  24000 kB\nMemFree:  9 kB\nMemAvailable:   8000 kB\n");
  }

  @Test
  void withoutAContainerItIsWhatIsAvailable() throws IOException {
    machine();
    assertThat(new FreeMemory(root).read()).hasValue(8_000L * 1024);
  }

  @Test
  void aSystemThatDoesNotTellSaysNothing() {
    assertThat(new FreeMemory(root).read()).isEmpty();
  }

  @Test
  void aContainerOfVersionTwoLeavesItsLimitLessItsUseButNotItsCache() throws IOException {
    machine();
    write("proc/self/cgroup", "0::/box/inner\n");
    write("sys/fs/cgroup/box/memory.max", "5000000\n");
    write("sys/fs/cgroup/box/memory.current", "3000000\n");
    write("sys/fs/cgroup/box/memory.stat", "anon 1\ninactive_file 400000\n");
    write("sys/fs/cgroup/box/inner/memory.max", "max\n");
    write("sys/fs/cgroup/box/inner/memory.current", "3000000\n");
    assertThat(new FreeMemory(root).read()).hasValue(2_400_000);
  }

  @Test
  void aContainerOfVersionOneWhosePathIsNotSeenFromInsideIsTheRoot() throws IOException {
    machine();
    write("proc/self/cgroup", "5:cpu:/x\n4:memory:/docker/abc\n0::/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "4000000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "3900000\n");
    write("sys/fs/cgroup/memory/memory.stat", "inactive_file 7\ntotal_inactive_file 900000\n");
    assertThat(new FreeMemory(root).read()).hasValue(1_000_000);
  }

  @Test
  void aLimitBeyondTheMachineChangesNothing() throws IOException {
    machine();
    write("proc/self/cgroup", "4:memory:/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "3900000\n");
    assertThat(new FreeMemory(root).read()).hasValue(8_000L * 1024);
  }
}
