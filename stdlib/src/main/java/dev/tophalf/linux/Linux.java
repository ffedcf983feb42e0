package dev.tophalf.linux;

import dev.tophalf.linux.kernel.Misuses;
import dev.tophalf.linux.kernel.PlatformBus;
import dev.tophalf.linux.kernel.ProcFiles;
import dev.tophalf.runtime.Kernel;
import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.memory.IoPointer;
import dev.tophalf.runtime.memory.Pointer;
import dev.tophalf.runtime.memory.UserPointer;
import dev.tophalf.runtime.rule.Rule;
import java.util.List;

/** Linux 6.12, as far as drivers see it. */
public final class Linux implements Kernel {
    /** The headers, each with what it declares. */
    private static final List<Class<?>> HEADERS = List.of(
            Atomic.class,
            AtomicFetches.class,
            AtomicValues.class,
            Atomic64.class,
            Atomic64Fetches.class,
            Atomic64Values.class,
            AtomicLong.class,
            AtomicLongFetches.class,
            AtomicLongValues.class,
            Barrier.class,
            Bitops.class,
            Bits.class,
            BottomHalf.class,
            Cmpxchg.class,
            Compiler.class,
            Completion.class,
            ContainerOf.class,
            Cpumask.class,
            Current.class,
            Delay.class,
            DelayedWork.class,
            DevPrintk.class,
            Device.class,
            Err.class,
            Errno.class,
            GfpTypes.class,
            Hlists.class,
            Hrtimer.class,
            Interrupt.class,
            InterruptControl.class,
            Io.class,
            IoPointer.class,
            Iopoll.class,
            Irq.class,
            IrqWork.class,
            Irqflags.class,
            Irqreturn.class,
            Jiffies.class,
            Kref.class,
            Kstrtox.class,
            Kthread.class,
            Ktime.class,
            ListEntries.class,
            Lists.class,
            Lockdep.class,
            LockdepMaps.class,
            Module.class,
            Moduleparam.class,
            Mutex.class,
            Percpu.class,
            PlatformDevice.class,
            Pointer.class,
            Preempt.class,
            Printk.class,
            Processor.class,
            RawSpinlock.class,
            RcuHlists.class,
            RcuPointers.class,
            Rculist.class,
            Rcupdate.class,
            Refcount.class,
            Rtmutex.class,
            Rwlock.class,
            Rwsem.class,
            Sched.class,
            SchedClock.class,
            Semaphore.class,
            Seqlock.class,
            Signal.class,
            Slab.class,
            Smp.class,
            Spinlock.class,
            Srcu.class,
            Sysfs.class,
            Tasklet.class,
            ThisCpu.class,
            ThisCpuUnlocked.class,
            Time.class,
            Time64.class,
            Timekeeping.class,
            Timer.class,
            Types.class,
            Uaccess.class,
            UserPointer.class,
            Wait.class,
            WaitEvents.class,
            WorkItems.class,
            Workqueue.class,
            WwMutex.class);

    /** Read once: it never changes. */
    private static final KernelApi API = KernelApi.of(HEADERS, GfpTypes::blocks, AbsentNames.messages());

    @Override
    public KernelApi api() {
        return API;
    }

    @Override
    public List<Rule> rules() {
        return Misuses.rules();
    }

    @Override
    public void boot(Simulation simulation) {
        simulation.log(5, "Linux version 6.12.0-tophalf");
        PlatformBus.of(simulation).populate();
        ProcFiles.create(simulation);
    }
}
