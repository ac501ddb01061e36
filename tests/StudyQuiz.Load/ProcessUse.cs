using System.Diagnostics;

namespace StudyQuiz.Load;

/// <summary>What a process takes of the machine, from a moment on.</summary>
internal sealed class ProcessUse(Process process)
{
    private TimeSpan _before;

    /// <summary>The largest resident set so far, 10^6 bytes. Linux's VmHWM; it counts from the process's start.</summary>
    public double PeakMb
    {
        get
        {
            process.Refresh();
            return Math.Round(process.PeakWorkingSet64 / 1e6, 1);
        }
    }

    /// <summary>The resident set now, 10^6 bytes.</summary>
    public double NowMb
    {
        get
        {
            process.Refresh();
            return Math.Round(process.WorkingSet64 / 1e6, 1);
        }
    }

    /// <summary>Processor time since <see cref="Begin"/>, in seconds.</summary>
    public double CpuSeconds => Math.Round((process.TotalProcessorTime - _before).TotalSeconds, 2);

    /// <summary>Processor time counts from now on.</summary>
    public void Begin() => _before = process.TotalProcessorTime;
}
