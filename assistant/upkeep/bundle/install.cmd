@echo off
rem Run in this folder: install.cmd
cd /d "%~dp0"
if "%PYTHON%"=="" set PYTHON=py -{python}
%PYTHON% -m venv .venv || exit /b 1
.venv\Scripts\python -m pip install --quiet --no-index --no-deps --find-links wheels -r requirements.txt || exit /b 1
echo OK: .venv\Scripts\bureau example, then .venv\Scripts\bureau chat
